using Garm.Actors.Changes;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Feeds;

/// <summary>The phases of a feed.</summary>
internal enum FeedPhase
{
    /// <summary>The reader has not asked for anything yet, or has to choose another start.</summary>
    Idle,

    /// <summary>Gets the current entities as of a place, from which it then catches up.</summary>
    Snapshotting,

    /// <summary>Reads pages after its place, from the relay's memory or else from the log.</summary>
    CatchingUp,

    /// <summary>Gets changes as they are committed.</summary>
    Live,

    /// <summary>The sink is full; the feed waits until it has room.</summary>
    FellBehind,
}

// Messages to a feed, besides those of the relay and of the log's readers.

/// <summary>The feed may begin: the reader's user is confirmed.</summary>
internal sealed record FeedOpened : IPrivateMessage
{
    /// <summary>The single instance.</summary>
    public static FeedOpened Instance { get; } = new();
}

/// <summary>The reader's request.</summary>
/// <param name="Filter">The filter from now on; null to keep the current one.</param>
/// <param name="Cursor">Where to begin: <c>now</c>, <c>earliest</c>, <c>snapshot</c> or a cursor. Null to continue from the current place.</param>
internal sealed record FeedAsk(EventFilter? Filter, string? Cursor) : IPrivateMessage
{
    /// <summary>Whether a cursor that the log cannot continue from begins a snapshot.</summary>
    public bool SnapshotOnExpired { get; init; }
}

/// <summary>The timer of <see cref="FeedAction.AskRelayLater"/> or <see cref="FeedAction.AskLogLater"/> is due.</summary>
internal sealed record FeedRetryDue : IPrivateMessage;

/// <summary>The sink has room; ends <see cref="FeedAction.AwaitRoom"/>.</summary>
internal sealed record FeedRoomMade(long Round) : IPrivateMessage;

/// <summary>Where a feed begins.</summary>
internal abstract record FeedStart
{
    /// <summary>Reads <c>now</c>, <c>earliest</c>, <c>snapshot</c> or a cursor; null when it is none of them.</summary>
    public static FeedStart? Read(string cursor) => cursor switch
    {
        "now" => new Now(),
        "earliest" => new Earliest(),
        "snapshot" => new Snapshot(null),
        _ when EventCursor.TryDecode(cursor, out var place) => new After(place),
        _ => null,
    };

    /// <summary>With the next commit.</summary>
    public sealed record Now : FeedStart;

    /// <summary>With the oldest change of the log.</summary>
    public sealed record Earliest : FeedStart;

    /// <summary>With the current entities, and then the changes after them.</summary>
    /// <param name="Reason">The error code of the cursor that caused it; null when the reader asked for it.</param>
    public sealed record Snapshot(string? Reason) : FeedStart;

    /// <summary>With the change that follows this place.</summary>
    public sealed record After(LogPlace Place) : FeedStart;
}

/// <summary>What the caller of a feed has to do.</summary>
internal abstract record FeedAction
{
    /// <summary>Subscribe at the relay; answered by <see cref="Subscribed"/>.</summary>
    public sealed record Subscribe(EventFilter Filter, long Round) : FeedAction;

    /// <summary>Ask the relay for the changes after a place; answered by <see cref="Resumed"/> or <see cref="NotRecent"/>.</summary>
    public sealed record Resume(EventFilter Filter, LogPlace After, bool IsInLog, long Round) : FeedAction;

    /// <summary>Read a page of the log; answered by <see cref="LogPage"/> or <see cref="LogPageFailed"/>.</summary>
    public sealed record ReadPage(LogPosition? After, long Round) : FeedAction;

    /// <summary>Find the place of a snapshot, and keep retention from the changes after it; answered by <see cref="SnapshotBegun"/>.</summary>
    public sealed record BeginSnapshot(long Round) : FeedAction;

    /// <summary>Read rows of the current states; answered by <see cref="StatesRead"/> or <see cref="StatesFailed"/>.</summary>
    public sealed record ReadStates(StateRange Range, string After, long Round) : FeedAction;

    /// <summary>Tell the reader that the rows of a snapshot follow.</summary>
    public sealed record TellSnapshotBegin(string? Reason) : FeedAction;

    /// <summary>Tell the reader that the snapshot is complete.</summary>
    public sealed record TellSnapshotEnd(LogPlace Place, long Count) : FeedAction;

    /// <summary>Send <see cref="FeedRoomMade"/> when the sink has room again.</summary>
    public sealed record AwaitRoom(long Round) : FeedAction;

    /// <summary>Tell the reader that it has caught up: everything up to here was delivered, and the next changes are live.</summary>
    public sealed record TellCaughtUp(LogPlace Place) : FeedAction;

    /// <summary>Tell the reader that everything up to here was delivered.</summary>
    public sealed record TellPlace(LogPlace Place) : FeedAction;

    /// <summary>Tell the reader why it has to choose another start.</summary>
    public sealed record Refuse(FeedRefusal Refusal) : FeedAction;

    /// <summary>End the reader: another start would not help, or the reader uses no cursors.</summary>
    public sealed record End(FeedRefusal Refusal) : FeedAction;

    /// <summary>An action without parameters.</summary>
    public sealed record Plain(string Name) : FeedAction;

    /// <summary>Release the snapshot's hold on retention: the changes after it were delivered.</summary>
    public static Plain ReleaseSnapshot { get; } = new(nameof(ReleaseSnapshot));

    /// <summary>End the subscription at the relay.</summary>
    public static Plain Unsubscribe { get; } = new(nameof(Unsubscribe));

    /// <summary>Start the timer of <see cref="FeedRetryDue"/> for an answer of the relay; replaces a running one.</summary>
    public static Plain AskRelayLater { get; } = new(nameof(AskRelayLater));

    /// <summary>Start the timer of <see cref="FeedRetryDue"/> for another read of the log; replaces a running one.</summary>
    public static Plain AskLogLater { get; } = new(nameof(AskLogLater));

    /// <summary>Stop the timer of <see cref="FeedRetryDue"/>.</summary>
    public static Plain StopAsking { get; } = new(nameof(StopAsking));
}
