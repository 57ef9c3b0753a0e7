namespace Garm.Data.Users;

/// <summary>Hashes with bcrypt and judges strength with zxcvbn, as GARM does.</summary>
public static class Passwords
{
    /// <summary>bcrypt's cost in GARM; hashes of its databases stay good.</summary>
    private const int Cost = 10;

    /// <summary>zxcvbn's best of 0 to 4, which GARM asks for.</summary>
    private const int RequiredScore = 4;

    /// <summary>The judgement takes time that grows with the length; what follows cannot make a password weaker.</summary>
    private const int JudgedLength = 100;

    private static readonly Lazy<string> NobodysHash = new(() => Hash(Guid.NewGuid().ToString()));

    /// <summary>Whether the password is hard to guess.</summary>
    public static bool IsStrong(string password) =>
        password.Length > 0 && Zxcvbn.Zxcvbn.MatchPassword(password[..Math.Min(password.Length, JudgedLength)]).Score >= RequiredScore;

    /// <summary>Takes some tens of milliseconds of CPU.</summary>
    public static string Hash(string password) => BCrypt.Net.BCrypt.HashPassword(password, Cost);

    /// <summary>
    /// Whether the password has this hash; a null hash takes as long and is always false, so that the time does not tell
    /// which users exist.
    /// </summary>
    public static bool Verify(string password, string? hash) =>
        BCrypt.Net.BCrypt.Verify(password, hash ?? NobodysHash.Value) && hash is not null;
}
