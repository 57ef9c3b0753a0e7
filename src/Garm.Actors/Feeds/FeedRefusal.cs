using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Feeds;

/// <summary>Why a place cannot be gone on from.</summary>
/// <param name="Code">One of <see cref="EventErrorCodes"/>.</param>
/// <param name="Message">For people.</param>
/// <param name="Earliest">The earliest place that can be, where retention took what follows the reader's.</param>
public sealed record FeedRefusal(string Code, string Message, LogPlace? Earliest = null)
{
    /// <summary>It is no cursor at all.</summary>
    internal static FeedRefusal NoCursor { get; } = new(
        EventErrorCodes.CursorUnknown, "this is no cursor of this hub's; accepted are \"now\", \"earliest\" or a cursor that it gave");

    /// <summary>It is of no place in the log.</summary>
    internal static FeedRefusal OtherHistory { get; } = new(
        EventErrorCodes.CursorUnknown, "the cursor is of another history than the hub's log, or ahead of it; begin with \"earliest\" or \"now\"");

    /// <summary>It was good until another copy of the database took the place of the one before.</summary>
    internal static FeedRefusal OtherCopy { get; } = new(
        EventErrorCodes.CursorUnknown, "the hub's database was replaced by another copy: cursors of before mean nothing any more; begin with \"earliest\" or \"now\"");

    /// <summary>Retention took what follows it.</summary>
    internal static FeedRefusal Expired(LogPlace earliest) => new(
        EventErrorCodes.CursorExpired, "what follows the cursor is no longer in the log; \"earliest\" is the earliest cursor that is", earliest);

    /// <summary>UTF-8 JSON: the control frame that tells it.</summary>
    public byte[] ToJson() => Earliest is { } earliest
        ? ControlFrame.CursorExpired(Message, EventCursor.Encode(earliest))
        : ControlFrame.Error(Code, Message);
}
