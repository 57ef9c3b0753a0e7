namespace Garm.Data.Entities;

/// <summary>How credentials prove themselves.</summary>
public static class AuthTypes
{
    public const string Pat = "pat";
    public const string App = "app";
}

/// <summary>Credentials for a GitHub endpoint.</summary>
public sealed class GithubCredentials : IWatchedEntity
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

    /// <summary>Unique; follows <see cref="Name"/>.</summary>
    public string NormalizedName { get; private set; } = "";

    public string Description { get; set; } = "";

    /// <summary>One of <see cref="AuthTypes"/>.</summary>
    public string AuthType { get; set; } = AuthTypes.Pat;

    /// <summary>The token or the App's data as JSON, encrypted.</summary>
    public byte[] SealedPayload { get; set; } = [];

    public long EndpointId { get; set; }
    public ForgeEndpoint? Endpoint { get; set; }

    public List<Repository> Repositories { get; } = [];
    public List<Organization> Organizations { get; } = [];
    public List<Enterprise> Enterprises { get; } = [];
}
