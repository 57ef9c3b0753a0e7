using System.Text;
using System.Text.RegularExpressions;
using Garm.Contracts.Requests;

namespace Garm.Data.Users;

/// <summary>The checks of users; order and messages as recorded in <c>00-fresh-first-run</c>.</summary>
internal static partial class UserRules
{
    private const int LongestEmail = 254;
    private const int LongestName = 64;

    /// <summary>The name of the first user: only letters and digits of any script, as in GARM.</summary>
    public static void CheckFirst(CreateUserRequest request) => CheckNew(request, IsAlphanumeric);

    public static void CheckNew(CreateUserRequest request) => CheckNew(request, Username().IsMatch);

    private static void CheckNew(CreateUserRequest request, Func<string, bool> isName)
    {
        if (string.IsNullOrEmpty(request.Username) || string.IsNullOrEmpty(request.Email))
            throw GarmException.BadRequest("missing username or email");
        CheckEmail(request.Email);
        CheckUsername(request.Username, isName);
        CheckPassword(request.Password ?? "");
    }

    public static void CheckChange(UpdateUserRequest request)
    {
        if (request.Email is { } email) CheckEmail(email);
        if (request.Username is { } username) CheckUsername(username, Username().IsMatch);
        if (request.Password is { } password) CheckPassword(password);
    }

    private static void CheckEmail(string email)
    {
        if (email.Length > LongestEmail || !Email().IsMatch(email)) throw GarmException.BadRequest("invalid email address");
    }

    private static void CheckUsername(string username, Func<string, bool> isName)
    {
        if (Encoding.UTF8.GetByteCount(username) > LongestName || !isName(username)) throw GarmException.BadRequest("invalid username");
    }

    private static void CheckPassword(string password)
    {
        if (!Passwords.IsStrong(password)) throw GarmException.BadRequest("password is too weak");
        if (!Passwords.Fits(password))
        {
            throw GarmException.BadRequest(
                $"password is too long: at most {Passwords.LongestBytes} bytes are accepted, because the hash (bcrypt) ignores further ones");
        }
    }

    private static bool IsAlphanumeric(string text) => text.EnumerateRunes().All(x => Rune.IsLetter(x) || Rune.IsNumber(x));

    [GeneratedRegex(@"^[^@\s]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Username();
}
