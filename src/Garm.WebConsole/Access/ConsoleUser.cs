using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Data;
using Garm.Log.Users;
using Microsoft.AspNetCore.Components.Authorization;

namespace Garm.WebConsole.Access;

/// <summary>
/// The administrator of one circuit. While the circuit is open, the token and the user's access are watched as those of an event session
/// are; when either ends, nothing is read or done any more.
/// </summary>
public sealed class ConsoleUser(
    AuthenticationStateProvider states, IUserAccessReader access, ActorSystem actors,
    IRequiredActor<UserStateManagerActor> users, EventSessionOptions sessions, TimeProvider time) : IDisposable
{
    private IActorRef? _watch;
    private bool _disposed;

    /// <summary>What the token grants; null before <see cref="BeginAsync"/>.</summary>
    public SessionGrant? Grant { get; private set; }

    /// <summary>The user's name.</summary>
    public string Name => Grant?.Username ?? "";

    /// <summary>Where the user's browser is; empty where it is not known.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Why the user is not logged in any more; null while they are.</summary>
    public string? Ended { get; private set; }

    /// <summary>Raised on another thread when <see cref="Ended"/> is set.</summary>
    public event Action? Changed;

    /// <summary>Finds out who it is and begins to watch.</summary>
    public async Task BeginAsync()
    {
        if (Grant is not null) return;
        var principal = (await states.GetAuthenticationStateAsync()).User;
        Address = ConsoleClaims.AddressOf(principal);
        if (ConsoleClaims.AdminOf(principal) is not { } grant)
        {
            Ended = "Signed out: this page was not opened by an administrator.";
            return;
        }

        Grant = grant;
        var manager = await users.GetAsync();
        if (_disposed) return;
        _watch = actors.ActorOf(UserWatchActor.Props(manager, grant, sessions, static () => { }, () => _ = EndAsync()));
    }

    /// <summary>Refuses what only a logged-in administrator may do.</summary>
    /// <exception cref="GarmException">401.</exception>
    public SessionGrant Require() => Grant is { } grant && Ended is null ? grant : throw GarmException.Unauthorized();

    /// <inheritdoc />
    public void Dispose()
    {
        _disposed = true;
        if (_watch is { } watch) actors.Stop(watch);
    }

    private async Task EndAsync()
    {
        if (_disposed) return;
        Ended = "Signed out.";
        try
        {
            Ended = ReasonOf(Grant!, await access.ReadAsync(Grant!.UserId.Value, CancellationToken.None), time.GetUtcNow());
        }
        catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            Ended = "Signed out: the database does not say whether you may still be here.";
        }

        Changed?.Invoke();
    }

    /// <summary>Why a token opens nothing any more.</summary>
    internal static string ReasonOf(SessionGrant grant, UserAccess? access, DateTimeOffset now) => access switch
    {
        null => "Signed out: your user was removed.",
        { Enabled: false } => "Signed out: your user was disabled.",
        { IsAdmin: false } => "Signed out: you are not an administrator any more.",
        _ when access.Generation != grant.Generation => "Signed out: your user has a new password.",
        _ when grant.ExpiresAt is not { } end || end <= now => "Signed out: your login has expired.",
        _ => "Signed out: the hub could not confirm your user.",
    };
}
