using System.Text.RegularExpressions;
using Garm.Contracts.Requests;

namespace Garm.Data.Users;

/// <summary>What makes a user acceptable; order and texts as recorded in <c>00-fresh-first-run</c>.</summary>
internal static partial class UserRules
{
    private const int LongestEmail = 254;
    private const int LongestName = 64;

    public static void CheckNew(CreateUserRequest request)
    {
        if (string.IsNullOrEmpty(request.Username) || string.IsNullOrEmpty(request.Email))
            throw GarmException.BadRequest("missing username or email");
        CheckEmail(request.Email);
        CheckUsername(request.Username);
        CheckPassword(request.Password ?? "");
    }

    public static void CheckChange(UpdateUserRequest request)
    {
        if (request.Email is { } email) CheckEmail(email);
        if (request.Username is { } username) CheckUsername(username);
        if (request.Password is { } password) CheckPassword(password);
    }

    private static void CheckEmail(string email)
    {
        if (email.Length > LongestEmail || !Email().IsMatch(email)) throw GarmException.BadRequest("invalid email address");
    }

    private static void CheckUsername(string username)
    {
        if (username.Length > LongestName || !Username().IsMatch(username)) throw GarmException.BadRequest("invalid username");
    }

    private static void CheckPassword(string password)
    {
        if (!Passwords.IsStrong(password)) throw GarmException.BadRequest("password is too weak");
        if (!Passwords.Fits(password))
        {
            throw GarmException.BadRequest(
                $"password is too long: at most {Passwords.LongestBytes} bytes are accepted, since the hash (bcrypt) does not look at more");
        }
    }

    [GeneratedRegex(@"^[^@\s]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Username();
}
