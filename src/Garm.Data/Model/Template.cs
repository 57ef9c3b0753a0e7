namespace Garm.Data.Model;

/// <summary>A runner installation template.</summary>
public sealed class Template : IWatchedEntity
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
    public string OsType { get; set; } = "";
    public string ForgeType { get; set; } = "";
    public byte[] Data { get; set; } = [];

    /// <summary>The user who created it; null for built-in templates.</summary>
    public Guid? OwnerId { get; set; }
    public User? Owner { get; set; }
}
