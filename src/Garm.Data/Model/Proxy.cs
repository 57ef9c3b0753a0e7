namespace Garm.Data.Model;

/// <summary>An outbound proxy that pools may refer to.</summary>
public sealed class Proxy : IWatchedEntity
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

    public string Description { get; set; } = "";
    public string HttpProxy { get; set; } = "";
    public string HttpsProxy { get; set; } = "";
    public string NoProxy { get; set; } = "";
    public string Username { get; set; } = "";

    /// <summary>The password, encrypted; null for none.</summary>
    public byte[]? SealedPassword { get; set; }
}
