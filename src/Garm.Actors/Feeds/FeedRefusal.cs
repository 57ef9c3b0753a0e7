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
        EventErrorCodes.CursorUnknown, "this is no cursor of this hub's; accepted are \"now\", \"earliest\", \"snapshot\" or a cursor that it gave");

    /// <summary>The reader cannot get a snapshot here.</summary>
    internal static FeedRefusal NoSnapshot { get; } = new(
        EventErrorCodes.CursorUnknown, "there is no snapshot here; accepted are \"now\", \"earliest\" or a cursor that the hub gave");

    /// <summary>The log does not have the place.</summary>
    internal static FeedRefusal OtherHistory { get; } = new(
        EventErrorCodes.CursorUnknown, "the cursor is of another history than the hub's log, or ahead of it; begin with \"earliest\" or \"now\"");

    /// <summary>The epoch has switched while the reader was live.</summary>
    internal static FeedRefusal OtherCopy { get; } = new(
        EventErrorCodes.CursorUnknown, "the hub's database was replaced by another copy: cursors of before mean nothing any more; begin with \"earliest\" or \"now\"");

    /// <summary>The change after the place was pruned.</summary>
    internal static FeedRefusal Expired(LogPlace earliest) => new(
        EventErrorCodes.CursorExpired, "what follows the cursor is no longer in the log; \"earliest\" is the earliest cursor that is", earliest);

    /// <summary>The control frame for the reader, as UTF-8 JSON.</summary>
    public byte[] ToJson() => Earliest is { } earliest
        ? ControlFrame.CursorExpired(Message, EventCursor.Encode(earliest))
        : ControlFrame.Error(Code, Message);
}
