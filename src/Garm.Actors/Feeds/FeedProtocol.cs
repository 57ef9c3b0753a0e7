using Garm.Actors.Changes;
using Garm.Log;

namespace Garm.Actors.Feeds;

/// <summary>Where a feed stands.</summary>
internal enum FeedPhase
{
    /// <summary>Nothing was asked for yet, or it has to be said where to begin.</summary>
    Idle,

    /// <summary>On the way from a place to the present: pages of the relay's memory where that reaches back, else of the log.</summary>
    CatchingUp,

    /// <summary>Changes come as they are committed.</summary>
    Live,

    /// <summary>The sink is full: nothing is asked for until it has room.</summary>
    FellBehind,
}

// What a feed is told, besides the relay's and the log's answers.

/// <summary>The feed may begin: whoever reads is known.</summary>
internal sealed record FeedOpened : IPrivateNote
{
    /// <summary>The only one.</summary>
    public static FeedOpened Instance { get; } = new();
}

/// <summary>The reader asks for something else.</summary>
/// <param name="Filter">What he wants from now on; null to leave it as it is.</param>
/// <param name="Cursor">Where he wants to begin: <c>now</c>, <c>earliest</c> or a cursor. Null to go on where he is.</param>
internal sealed record FeedAsk(EventFilter? Filter, string? Cursor) : IPrivateNote;

/// <summary>The time of <see cref="FeedAction.AskRelayLater"/> or <see cref="FeedAction.AskLogLater"/> has come.</summary>
internal sealed record FeedRetryDue : IPrivateNote;

/// <summary>What <see cref="FeedAction.AwaitRoom"/> waits for: the sink has room.</summary>
internal sealed record FeedRoomMade(long Round) : IPrivateNote;

/// <summary>Where a reader wants to begin.</summary>
internal abstract record FeedStart
{
    /// <summary>Reads <c>now</c>, <c>earliest</c> or a cursor; null when it is none of them.</summary>
    public static FeedStart? Read(string cursor) => cursor switch
    {
        "now" => new Now(),
        "earliest" => new Earliest(),
        _ when EventCursor.TryDecode(cursor, out var place) => new After(place),
        _ => null,
    };

    /// <summary>With what is committed from now on.</summary>
    public sealed record Now : FeedStart;

    /// <summary>With the oldest change that the log holds.</summary>
    public sealed record Earliest : FeedStart;

    /// <summary>With what follows this place.</summary>
    public sealed record After(LogPlace Place) : FeedStart;
}

/// <summary>What is to be done for a feed.</summary>
internal abstract record FeedAction
{
    /// <summary>Ask the relay for changes from now on; answered by <see cref="Subscribed"/>.</summary>
    public sealed record Subscribe(EventFilter Filter, long Round) : FeedAction;

    /// <summary>Ask the relay what follows a place; answered by <see cref="Resumed"/> or <see cref="NotRecent"/>.</summary>
    public sealed record Resume(EventFilter Filter, LogPlace After, bool IsInLog, long Round) : FeedAction;

    /// <summary>Ask the log what follows a place; answered by <see cref="LogPage"/> or <see cref="LogPageFailed"/>.</summary>
    public sealed record ReadPage(LogPosition? After, long Round) : FeedAction;

    /// <summary>Send <see cref="FeedRoomMade"/> once the sink has room again.</summary>
    public sealed record AwaitRoom(long Round) : FeedAction;

    /// <summary>Tell the reader that everything up to here was handed on, and that what comes now is live.</summary>
    public sealed record TellCaughtUp(LogPlace Place) : FeedAction;

    /// <summary>Tell the reader that everything up to here was handed on.</summary>
    public sealed record TellPlace(LogPlace Place) : FeedAction;

    /// <summary>Tell the reader why he has to say where to begin.</summary>
    public sealed record Refuse(FeedRefusal Refusal) : FeedAction;

    /// <summary>End: the reader cannot be told, or has nothing to say.</summary>
    public sealed record End(FeedRefusal Refusal) : FeedAction;

    /// <summary>One that says all by its name.</summary>
    public sealed record Plain(string Name) : FeedAction;

    /// <summary>Ask the relay for nothing more.</summary>
    public static Plain Unsubscribe { get; } = new(nameof(Unsubscribe));

    /// <summary>Send <see cref="FeedRetryDue"/> when the relay has not answered for a while. Replaces the one before.</summary>
    public static Plain AskRelayLater { get; } = new(nameof(AskRelayLater));

    /// <summary>Send <see cref="FeedRetryDue"/> after a moment: the log did not answer, or had nothing yet. Replaces the one before.</summary>
    public static Plain AskLogLater { get; } = new(nameof(AskLogLater));

    /// <summary>Send no <see cref="FeedRetryDue"/>.</summary>
    public static Plain StopAsking { get; } = new(nameof(StopAsking));
}
