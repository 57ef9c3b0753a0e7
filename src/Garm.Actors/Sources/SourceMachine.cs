using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>What is to be done next for a source.</summary>
internal enum SourceStep
{
    /// <summary>Log in and open the event socket.</summary>
    Connect,

    /// <summary>Close the connection that is open, if one is, and end the list that is being read.</summary>
    Disconnect,

    /// <summary>Use the connection that was just opened, and close the one before; a list that is being read goes on.</summary>
    Adopt,

    /// <summary>Write delete events for all that is mirrored: it is of another server.</summary>
    Forget,

    /// <summary>List everything and compare.</summary>
    List,
}

/// <summary>A moment that the machine waits for; each has one timer.</summary>
internal enum SourceTimer
{
    /// <summary>To connect again.</summary>
    Retry,

    /// <summary>To list again.</summary>
    Relist,

    /// <summary>To log in anew, before the token ends.</summary>
    Renew,
}

/// <summary>What the machine asks for, in order.</summary>
internal abstract record SourceAction
{
    /// <summary>Do this.</summary>
    public sealed record Do(SourceStep Step) : SourceAction;

    /// <summary>Tell the machine when this time has passed; an earlier plan for the timer is dropped.</summary>
    public sealed record Plan(SourceTimer Timer, TimeSpan After) : SourceAction;

    /// <summary>Drop the plan.</summary>
    public sealed record Cancel(SourceTimer Timer) : SourceAction;
}

/// <summary>How a list ended.</summary>
/// <param name="Failure">Why it failed, for the operator; null when all was listed and compared.</param>
/// <param name="LoginEnded">Whether it failed because the server takes the token no more.</param>
internal readonly record struct ListOutcome(string? Failure, bool LoginEnded = false);

/// <summary>
/// Decides when a source is connected to, listed, and asked again. It does nothing itself: each message is answered with what is to be
/// done.
/// <code>
/// connecting ──connected──► [forgetting, if it is another server] ──► listing ──all compared──► synced ──relist──► listing
///     ▲                                                                  │ failed
///     └────────── retrying ◄──── the login failed, the socket ended      └──► retrying, and listed again; the socket stays
/// </code>
/// </summary>
/// <param name="relistEvery">How often everything is listed.</param>
/// <param name="controllerId">The server that is mirrored; empty for none yet.</param>
/// <param name="random">From 0 to 1.</param>
internal sealed class SourceMachine(TimeSpan relistEvery, string controllerId, Func<double> random)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    // Hubs, among others, lock a user out after ten failed logins in a minute.
    private static readonly TimeSpan LongestPauseOfLogins = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    // A token that lasts less would be renewed all the time.
    private static readonly TimeSpan ShortestRenewal = TimeSpan.FromSeconds(1);

    private int _failures;
    private bool _isOpen;
    private bool _isForgetting;
    private bool _isListing;
    private bool _listAgain;
    private SourceServer? _server;

    /// <summary>As <c>status.state</c> has it.</summary>
    public string State { get; private set; } = SourceStates.Connecting;

    /// <summary>Why; empty when all is well.</summary>
    public string Message { get; private set; } = "";

    /// <summary>The server whose entities are mirrored; empty for none yet.</summary>
    public string ControllerId { get; private set; } = controllerId;

    /// <summary>The server's version, as far as it is known.</summary>
    public string Version => _server?.Version ?? "";

    /// <summary>Whether the event socket is open.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Whether the former server's entities are being deleted.</summary>
    public bool IsForgetting => _isForgetting;

    /// <summary>The first message.</summary>
    public IReadOnlyList<SourceAction> Start() => [new SourceAction.Do(SourceStep.Connect)];

    /// <summary>The server was logged in to, and the socket is open.</summary>
    public IReadOnlyList<SourceAction> Connected(SourceServer server)
    {
        List<SourceAction> actions = [new SourceAction.Do(SourceStep.Adopt), new SourceAction.Cancel(SourceTimer.Retry)];
        if (server.TokenLifetime is { } lifetime) actions.Add(Plan(SourceTimer.Renew, Longer(lifetime * 0.75, ShortestRenewal)));
        var isRenewal = _isOpen;
        (_isOpen, _server) = (true, server);
        var isOther = ControllerId.Length > 0 && ControllerId != server.ControllerId;
        if (isRenewal && !isOther)
        {
            // The sockets overlap, but the server does not say when the new one begins to send events: a list finds what happened in between.
            actions.AddRange(ListWanted());
            return actions;
        }

        _isListing = false;
        if (!isOther && !_isForgetting)
        {
            ControllerId = server.ControllerId;
            actions.AddRange(List());
        }
        else if (!_isForgetting)
        {
            _isForgetting = true;
            Enter(SourceStates.Listing, "the server has another controller id: what was mirrored of the former one is removed first");
            actions.Add(new SourceAction.Do(SourceStep.Forget));
        }

        return actions;
    }

    /// <summary>Everything of the former server has its delete event.</summary>
    public IReadOnlyList<SourceAction> Forgotten()
    {
        _isForgetting = false;
        if (!_isOpen)
        {
            // Mirrored is nothing: whichever server comes next is the first one.
            ControllerId = "";
            return [];
        }

        ControllerId = _server!.ControllerId;
        return List();
    }

    /// <summary>The connection could not be opened.</summary>
    /// <param name="message">Why, for the operator.</param>
    /// <param name="isRefused">Whether the server refused the login.</param>
    public IReadOnlyList<SourceAction> ConnectFailed(string message, bool isRefused = false)
    {
        var pause = Pause(isRefused ? LongestPauseOfLogins : FirstPause);

        // One that is open still brings events until its token ends; only its renewal failed.
        if (_isOpen) return [Plan(SourceTimer.Renew, pause)];
        Enter(SourceStates.Retrying, message);
        return [Plan(SourceTimer.Retry, pause)];
    }

    /// <summary>The event socket ended.</summary>
    public IReadOnlyList<SourceAction> Lost(string message)
    {
        if (!_isOpen) return [];
        (_isOpen, _isListing, _listAgain) = (false, false, false);
        Enter(SourceStates.Retrying, message);
        return
        [
            new SourceAction.Do(SourceStep.Disconnect), new SourceAction.Cancel(SourceTimer.Relist), new SourceAction.Cancel(SourceTimer.Renew),
            Plan(SourceTimer.Retry, Pause(FirstPause)),
        ];
    }

    /// <summary>The list that was asked for has ended, and what it brought is written.</summary>
    public IReadOnlyList<SourceAction> Listed(ListOutcome outcome)
    {
        if (!_isListing) return [];
        _isListing = false;
        if (outcome is { LoginEnded: true, Failure: { } ended }) return Lost(ended);
        if (outcome.Failure is { } failure)
        {
            Enter(SourceStates.Retrying, failure);
            return [Plan(SourceTimer.Relist, Pause(FirstPause))];
        }

        _failures = 0;
        Enter(SourceStates.Synced, "");
        var pause = _listAgain ? Soon : relistEvery * (0.9 + (0.2 * random()));
        _listAgain = false;
        return [Plan(SourceTimer.Relist, pause)];
    }

    /// <summary>An event said that something changed, and not what: only a list tells.</summary>
    public IReadOnlyList<SourceAction> ListWanted()
    {
        if (!_isOpen || _isForgetting) return [];
        if (!_isListing && State == SourceStates.Synced) return [Plan(SourceTimer.Relist, Soon)];
        _listAgain = true;
        return [];
    }

    /// <summary>A timer's time has passed.</summary>
    public IReadOnlyList<SourceAction> Due(SourceTimer timer)
    {
        switch (timer)
        {
            case SourceTimer.Retry when !_isOpen:
                return [new SourceAction.Do(SourceStep.Connect)];
            case SourceTimer.Renew when _isOpen:
                return [new SourceAction.Do(SourceStep.Connect)];
            case SourceTimer.Relist when _isOpen && !_isListing && !_isForgetting:
                return List();
            default:
                return [];
        }
    }

    private IReadOnlyList<SourceAction> List()
    {
        _isListing = true;

        // The usual list once more is nothing to show; the first one after a connection is.
        if (State != SourceStates.Synced) Enter(SourceStates.Listing, "");
        return [new SourceAction.Cancel(SourceTimer.Relist), new SourceAction.Do(SourceStep.List)];
    }

    private void Enter(string state, string message) => (State, Message) = (state, message);

    // No longer than the time between two lists: a source that is back is mirrored again within one.
    private TimeSpan Pause(TimeSpan least)
    {
        var longest = relistEvery < LongestPause ? Longer(relistEvery, least) : LongestPause;
        var pause = FirstPause * Math.Pow(2, Math.Min(_failures++, 10));
        return (pause < longest ? pause : longest) * (0.75 + (0.25 * random()));
    }

    private static SourceAction.Plan Plan(SourceTimer timer, TimeSpan after) => new(timer, after);

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
