using System.Net;
using Garm.Actors.Sessions;
using Garm.Contracts.Requests;
using Garm.Data;
using Microsoft.AspNetCore.Http;

namespace Garm.WebConsole.Access;

/// <summary>What the console needs of the hub to know who somebody is.</summary>
public interface IConsoleAccess
{
    /// <summary>The user who sent the request; null without a token, with a wrong one, or when the user's state makes it void.</summary>
    Task<ConsoleCaller?> AuthenticateAsync(HttpContext context);

    /// <summary>Whether there is no administrator yet.</summary>
    Task<bool> NeedsFirstRunAsync(CancellationToken cancellation);

    /// <summary>Makes the first administrator.</summary>
    /// <exception cref="GarmException">A value is not accepted, there is an administrator, or the first run is closed.</exception>
    Task FirstRunAsync(CreateUserRequest request, CancellationToken cancellation);

    /// <summary>Checks a user's name and password.</summary>
    /// <param name="request">Both.</param>
    /// <param name="address">Where the login comes from; failures are counted by it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="GarmException">401: they are wrong, or the user is disabled.</exception>
    /// <exception cref="TooManyLoginsException">It was not tried.</exception>
    Task<ConsoleToken> LogInAsync(LoginRequest request, IPAddress? address, CancellationToken cancellation);
}

/// <summary>Who uses the console.</summary>
/// <param name="Grant">The user, and what the token grants.</param>
/// <param name="IsAdmin">Only administrators get in.</param>
public sealed record ConsoleCaller(SessionGrant Grant, bool IsAdmin);

/// <summary>A new token.</summary>
/// <param name="Text">The token.</param>
/// <param name="ExpiresAt">Its end.</param>
public sealed record ConsoleToken(string Text, DateTimeOffset ExpiresAt);

/// <summary>Too many logins failed.</summary>
/// <param name="retryAfterSeconds">When it may be tried again.</param>
public sealed class TooManyLoginsException(int retryAfterSeconds) : Exception("too many failed logins")
{
    /// <summary>When it may be tried again, in whole seconds.</summary>
    public int RetryAfterSeconds { get; } = retryAfterSeconds;
}
