using Akka.Actor;
using Garm.Contracts.Events;

namespace Garm.Actors.Sessions;

/// <summary>
/// How long a session's token lives: warns before its end, ends the session with it, and takes a new one of the same user
/// meanwhile.
/// </summary>
internal sealed class TokenLife(IActorContext context, ITimerScheduler timers, SessionGrant grant, ISessionTokens tokens, CursorMode cursor)
{
    private const string ExpiryKey = "expiry";

    // Longer delays are cut into pieces: a token may live longer than a timer can count.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);
    private static readonly TimeSpan Warning = TimeSpan.FromSeconds(60);

    // Less is no time to renew in; and halves of halves come to an end.
    private static readonly TimeSpan ShortestWarning = TimeSpan.FromSeconds(1);

    private SessionGrant _grant = grant;
    private DateTimeOffset? _warnAt = grant.ExpiresAt - Warning;
    private bool _warned;

    /// <summary>Plans the next step; true when the token has ended.</summary>
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

    /// <summary>The client has a new token; it comes back as <see cref="TokenRead"/>.</summary>
    public void Renew(string token) => ReadAsync(tokens, token).PipeTo(
        context.Self, success: grant => new TokenRead(grant), failure: _ => new TokenRead(null));

    /// <summary>Takes the new token, if it is good and of the same user.</summary>
    public void OnRead(TokenRead read)
    {
        if (read.Grant is not { ExpiresAt: { } end } fresh || fresh.UserId != _grant.UserId || fresh.Generation != _grant.Generation
            || end <= context.System.Scheduler.Now)
        {
            cursor.Error(EventErrorCodes.TokenRefused, "the token is not good, or not of this connection's user; the one before counts");
            return;
        }

        // A client that answers each warning with the token that it has, or with one that lives no longer than the warning is
        // early, must not be warned at once again, and answer again.
        var half = (end - context.System.Scheduler.Now) / 2;
        _warnAt = end - (half < Warning ? half : Warning);
        _warned = half < ShortestWarning;
        _grant = fresh;
        cursor.Say(ControlFrame.TokenRenewed(end));
        Check();
    }

    /// <summary>The mode of the session has changed: a warning may be due.</summary>
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

    // A reader that throws before its first await fails the task, not the actor.
    private static async Task<SessionGrant?> ReadAsync(ISessionTokens tokens, string token) =>
        await tokens.ReadAsync(token).ConfigureAwait(false);

    internal sealed record ExpiryDue : IPrivateNote;

    internal sealed record TokenRead(SessionGrant? Grant) : IPrivateNote;
}
