using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Feeds;

/// <summary>Why the log cannot continue from a place.</summary>
/// <param name="Code">One of <see cref="EventErrorCodes"/>.</param>
/// <param name="Message">The reason, as a sentence.</param>
/// <param name="Earliest">The earliest place that the log can continue from, when the reader's was pruned.</param>
public sealed record FeedRefusal(string Code, string Message, LogPlace? Earliest = null)
{
    /// <summary>The text is not a cursor.</summary>
    internal static FeedRefusal NoCursor { get; } = new(
        EventErrorCodes.CursorUnknown, "this is not a cursor of this hub; accepted are \"now\", \"earliest\", \"snapshot\" or a cursor from the hub");

    /// <summary>The reader cannot get a snapshot here.</summary>
    internal static FeedRefusal NoSnapshot { get; } = new(
        EventErrorCodes.CursorUnknown, "snapshots are not available here; accepted are \"now\", \"earliest\" or a cursor from the hub");

    /// <summary>The log does not have the place.</summary>
    internal static FeedRefusal OtherHistory { get; } = new(
        EventErrorCodes.CursorUnknown, "the cursor is from another history than the hub's log, or ahead of the log; begin with \"earliest\" or \"now\"");

    /// <summary>The epoch has switched while the reader was live.</summary>
    internal static FeedRefusal OtherCopy { get; } = new(
        EventErrorCodes.CursorUnknown, "the hub's database was replaced by another copy, so earlier cursors are no longer valid; begin with \"earliest\" or \"now\"");

    /// <summary>The change after the place was pruned.</summary>
    internal static FeedRefusal Expired(LogPlace earliest) => new(
        EventErrorCodes.CursorExpired, "the log no longer holds the events after the cursor; \"earliest\" is the earliest valid cursor", earliest);

    /// <summary>The control frame for the reader, as UTF-8 JSON.</summary>
    public byte[] ToJson() => Earliest is { } earliest
        ? ControlFrame.CursorExpired(Message, EventCursor.Encode(earliest))
        : ControlFrame.Error(Code, Message);
}
