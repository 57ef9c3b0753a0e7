namespace Garm.Data.Model;

/// <summary>The kinds of authentication at a forge.</summary>
public static class AuthTypes
{
    public const string Pat = "pat";
    public const string App = "app";
}

/// <summary>
/// Credentials for a forge. GitHub's and Gitea's are in one table, so that an entity refers to either by one key; names
/// are unique among the credentials of the same kind of forge.
/// </summary>
public abstract class ForgeCredentials : IWatchedEntity
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

    /// <summary>Unique among its kind; derived from <see cref="Name"/>.</summary>
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
    public List<ForgeInstance> ForgeInstances { get; } = [];
}

/// <summary>Credentials for a GitHub endpoint.</summary>
public sealed class GithubCredentials : ForgeCredentials;

/// <summary>Credentials for a Gitea endpoint; always a token.</summary>
public sealed class GiteaCredentials : ForgeCredentials;
