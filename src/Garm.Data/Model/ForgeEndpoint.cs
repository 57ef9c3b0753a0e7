namespace Garm.Data.Model;

/// <summary>The software of a forge.</summary>
public static class ForgeTypes
{
    public const string Github = "github";
    public const string Gitea = "gitea";
}

/// <summary>The addresses of a forge, GitHub or Gitea.</summary>
public sealed class ForgeEndpoint : IWatchedEntity
{
    private string _name = "";

    public long Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }

    public string Name
    {
        get => _name;
        set => (_name, NormalizedName) = (value, Normalized.Of(value));
    }

    /// <summary>Unique; derived from <see cref="Name"/>.</summary>
    public string NormalizedName { get; private set; } = "";

    /// <summary>One of <see cref="ForgeTypes"/>.</summary>
    public string EndpointType { get; set; } = ForgeTypes.Github;

    public string Description { get; set; } = "";
    public string ApiBaseUrl { get; set; } = "";
    public string UploadBaseUrl { get; set; } = "";
    public string BaseUrl { get; set; } = "";

    /// <summary>The URL of the releases of Gitea's runner; empty for GitHub.</summary>
    public string ToolsMetadataUrl { get; set; } = "";

    /// <summary>Whether the hub's own list of Gitea's runner releases is used; always false for GitHub.</summary>
    public bool UseInternalToolsMetadata { get; set; }

    /// <summary>PEM; null for none.</summary>
    public byte[]? CaCertBundle { get; set; }
}
