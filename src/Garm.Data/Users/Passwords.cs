using System.Text;

namespace Garm.Data.Users;

/// <summary>Hashes with bcrypt and judges strength with zxcvbn, as GARM does.</summary>
internal static class Passwords
{
    /// <summary>bcrypt's cost in GARM; hashes of its databases stay good.</summary>
    private const int Cost = 10;

    /// <summary>zxcvbn's best of 0 to 4, which GARM asks for.</summary>
    private const int RequiredScore = 4;

    /// <summary>The judgement takes time that grows with the length; what follows cannot make a password weaker.</summary>
    private const int JudgedLength = 100;

    /// <summary>The longest password, in bytes of UTF-8: bcrypt does not look at what follows.</summary>
    public const int LongestBytes = 72;

    private static readonly Lazy<string> NobodysHash = new(() => Hash(Guid.NewGuid().ToString()));

    /// <summary>Whether the password is hard to guess.</summary>
    public static bool IsStrong(string password) =>
        password.Length > 0 && Zxcvbn.Zxcvbn.MatchPassword(password[..Math.Min(password.Length, JudgedLength)]).Score >= RequiredScore;

    /// <summary>Whether bcrypt looks at all of the password.</summary>
    public static bool Fits(string password) => Encoding.UTF8.GetByteCount(password) <= LongestBytes;

    /// <summary>Takes some tens of milliseconds of CPU.</summary>
    /// <param name="password">One that fits.</param>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public static string Hash(string password) => Fits(password)
        ? BCrypt.Net.BCrypt.HashPassword(password, Cost)
        : throw new ArgumentException($"a password of more than {LongestBytes} bytes", nameof(password));

    /// <summary>
    /// Whether the password has this hash; a null hash takes as long and is always false, so that the time does not tell
    /// which users exist. So does one that is too long, which bcrypt would take for its first <see cref="LongestBytes"/> bytes.
    /// </summary>
    public static bool Verify(string password, string? hash) =>
        BCrypt.Net.BCrypt.Verify(Fits(password) ? password : "", hash ?? NobodysHash.Value) && Fits(password) && hash is not null;
}
