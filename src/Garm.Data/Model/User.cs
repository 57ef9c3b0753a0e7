namespace Garm.Data.Model;

/// <summary>A user of the hub.</summary>
public sealed class User : IWatchedEntity
{
    private string _username = "";
    private string _email = "";

    public Guid Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }

    public string Username
    {
        get => _username;
        set => (_username, NormalizedUsername) = (value, Normalized.Of(value));
    }

    /// <summary>Unique; derived from <see cref="Username"/>.</summary>
    public string NormalizedUsername { get; private set; } = "";

    public string Email
    {
        get => _email;
        set => (_email, NormalizedEmail) = (value, Normalized.Of(value));
    }

    /// <summary>Unique; derived from <see cref="Email"/>.</summary>
    public string NormalizedEmail { get; private set; } = "";

    public string FullName { get; set; } = "";

    /// <summary>bcrypt.</summary>
    public string PasswordHash { get; set; } = "";

    public bool Enabled { get; set; }
    public bool IsAdmin { get; set; }

    /// <summary>Incremented by each new password: a token of another generation is void.</summary>
    public long Generation { get; set; }
}
