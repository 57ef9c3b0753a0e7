using Akka.Actor;
using Garm.Contracts.Events;

namespace Garm.Actors.Sessions;

/// <summary>
/// Follows the expiry of a session's token: warns the client before it, reports it, and accepts a new token of the same user in
/// between.
/// </summary>
internal sealed class TokenExpiry(IActorContext context, ITimerScheduler timers, SessionGrant grant, ISessionTokens tokens, CursorMode cursor)
{
    private const string ExpiryKey = "expiry";

    // A token may live longer than the longest delay of a timer.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);
    private static readonly TimeSpan Warning = TimeSpan.FromSeconds(60);

    // A shorter time is too short to renew in; it also ends the halving.
    private static readonly TimeSpan ShortestWarning = TimeSpan.FromSeconds(1);

    private SessionGrant _grant = grant;
    private DateTimeOffset? _warnAt = grant.ExpiresAt - Warning;
    private bool _warned;

    /// <summary>Warns the client when it is time, and starts the timer for the next check; true when the token has expired.</summary>
    public bool Check()
    {
        var now = context.System.Scheduler.Now;
        var left = _grant.ExpiresAt - now ?? TimeSpan.Zero;
        if (left <= TimeSpan.Zero) return true;
        var calm = _warnAt - now ?? TimeSpan.Zero;
        if (calm <= TimeSpan.Zero) Warn(_grant.ExpiresAt!.Value);
        var next = calm > TimeSpan.Zero ? calm : left;
        timers.StartSingleTimer(ExpiryKey, new ExpiryDue(), next < LongestTimer ? next : LongestTimer);
        return false;
    }

    /// <summary>Validates a new token; the result comes as <see cref="TokenRead"/>.</summary>
    public void Renew(string token) => ReadAsync(tokens, token).PipeTo(
        context.Self, success: grant => new TokenRead(grant), failure: _ => new TokenRead(null));

    /// <summary>Accepts the new token if it is valid and of the same user, and returns then what it grants.</summary>
    public SessionGrant? OnRead(TokenRead read)
    {
        if (read.Grant is not { ExpiresAt: { } end } fresh || fresh.UserId != _grant.UserId || fresh.Generation != _grant.Generation
            || end <= context.System.Scheduler.Now)
        {
            cursor.Error(EventErrorCodes.TokenRefused, "the token is not valid, or not for this connection's user; the former token stays in effect");
            return null;
        }

        // A client may answer each warning with its current token, or with one that expires soon. It must not be warned again at once,
        // since it would answer again.
        var half = (end - context.System.Scheduler.Now) / 2;
        _warnAt = end - (half < Warning ? half : Warning);
        _warned = half < ShortestWarning;
        _grant = fresh;
        cursor.Say(ControlFrame.TokenRenewed(end));
        Check();
        return fresh;
    }

    /// <summary>The client uses cursors from now on, so a warning may be due.</summary>
    public void OnCursorMode()
    {
        if (!_warned) Check();
    }

    private void Warn(DateTimeOffset end)
    {
        if (_warned || !cursor.IsOn) return;
        _warned = true;
        cursor.Say(ControlFrame.TokenExpiring(end));
    }

    // An exception before the first await fails the task and not the actor.
    private static async Task<SessionGrant?> ReadAsync(ISessionTokens tokens, string token) =>
        await tokens.ReadAsync(token).ConfigureAwait(false);

    internal sealed record ExpiryDue : IPrivateMessage;

    internal sealed record TokenRead(SessionGrant? Grant) : IPrivateMessage;
}
