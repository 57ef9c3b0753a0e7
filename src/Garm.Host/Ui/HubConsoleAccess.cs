using System.Net;
using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Contracts.Requests;
using Garm.Data.Users;
using Garm.Host.Authentication;
using Garm.Host.Lifetime;
using Garm.Host.Limits;
using Garm.WebConsole.Access;

namespace Garm.Host.Ui;

/// <summary>Lets the console log in and recognise users as the REST API does.</summary>
internal sealed class HubConsoleAccess(
    CallerAuthentication callers, TokenService tokens, LoginLimiter limiter, FirstRunGate firstRun, IServiceScopeFactory scopes) : IConsoleAccess
{
    public async Task<ConsoleCaller?> AuthenticateAsync(HttpContext context) =>
        await callers.AuthenticateAsync(context) is { Access: var access, ExpiresAt: var end }
            ? new ConsoleCaller(new SessionGrant(new UserId(access.UserId), access.Generation, end) { Username = access.Username }, access.IsAdmin)
            : null;

    public Task<bool> NeedsFirstRunAsync(CancellationToken cancellation) =>
        WithUsersAsync(async users => !await users.HasAdminAsync(cancellation));

    public Task FirstRunAsync(CreateUserRequest request, CancellationToken cancellation) => WithUsersAsync(async users =>
    {
        await users.RequireFirstRunAsync(cancellation);
        firstRun.RequireOpen();
        return await users.FirstRunAsync(request, cancellation);
    });

    public async Task<ConsoleToken> LogInAsync(LoginRequest request, IPAddress? address, CancellationToken cancellation)
    {
        try
        {
            var user = await limiter.RunAsync(
                request.Username, address, () => WithUsersAsync(users => users.AuthenticateAsync(request, cancellation)), cancellation);
            var text = tokens.Create(user);
            var claims = await tokens.ReadAsync(text);
            return new ConsoleToken(text, claims?.ExpiresAt ?? throw new InvalidOperationException("a new token has expired already"));
        }
        catch (TooManyAttemptsException refusal)
        {
            throw new TooManyLoginsException(refusal.RetryAfterSeconds);
        }
    }

    private async Task<T> WithUsersAsync<T>(Func<UserStore, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<UserStore>());
    }
}
