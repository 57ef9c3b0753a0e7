using System.Text;

namespace Garm.Data.Users;

/// <summary>Hashes passwords with bcrypt and estimates their strength with zxcvbn, as GARM does.</summary>
internal static class Passwords
{
    /// <summary>bcrypt's cost in GARM, so that hashes of GARM's databases are valid.</summary>
    private const int Cost = 10;

    /// <summary>zxcvbn's highest score of 0 to 4, which GARM requires.</summary>
    private const int RequiredScore = 4;

    /// <summary>The number of characters that are scored: the time grows with the length, and further characters cannot make a password weaker.</summary>
    private const int JudgedLength = 100;

    /// <summary>The longest password, in bytes of UTF-8: bcrypt ignores further bytes.</summary>
    public const int LongestBytes = 72;

    private static readonly Lazy<string> NobodysHash = new(() => Hash(Guid.NewGuid().ToString()));

    /// <summary>Whether the password is hard to guess.</summary>
    public static bool IsStrong(string password) =>
        password.Length > 0 && Zxcvbn.Zxcvbn.MatchPassword(password[..Math.Min(password.Length, JudgedLength)]).Score >= RequiredScore;

    /// <summary>Whether bcrypt uses the whole password.</summary>
    public static bool Fits(string password) => Encoding.UTF8.GetByteCount(password) <= LongestBytes;

    /// <summary>Takes some tens of milliseconds of CPU.</summary>
    /// <param name="password">A password that is not too long.</param>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public static string Hash(string password) => Fits(password)
        ? BCrypt.Net.BCrypt.HashPassword(password, Cost)
        : throw new ArgumentException($"a password of more than {LongestBytes} bytes", nameof(password));

    /// <summary>
    /// Whether the password has this hash. A null hash takes the same time and is always false, so that the time does not reveal
    /// which users exist. So does a password that is too long, because bcrypt would compare only its first <see cref="LongestBytes"/> bytes.
    /// </summary>
    public static bool Verify(string password, string? hash) =>
        BCrypt.Net.BCrypt.Verify(Fits(password) ? password : "", hash ?? NobodysHash.Value) && Fits(password) && hash is not null;
}
