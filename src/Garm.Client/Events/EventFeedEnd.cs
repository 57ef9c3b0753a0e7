using Garm.Client.Api;

namespace Garm.Client.Events;

/// <summary>Why a feed ended. It ends by itself only when a reconnect would not help.</summary>
public abstract record EventFeedEnd
{
    private EventFeedEnd()
    {
    }

    /// <summary>The reason as one line for users.</summary>
    public abstract string Message { get; }

    /// <summary>The caller stopped it.</summary>
    public sealed record StoppedByCaller : EventFeedEnd
    {
        /// <inheritdoc />
        public override string Message => "stopped";
    }

    /// <summary>
    /// The hub cannot resume from the cursor. Events may have been missed: read the entities again, then begin at
    /// <paramref name="Earliest"/>, <c>earliest</c> or <c>now</c>.
    /// </summary>
    /// <param name="Code"><c>cursor-expired</c> (retention deleted the events after it) or <c>cursor-unknown</c> (another history).</param>
    /// <param name="Reason">The hub's message.</param>
    /// <param name="Cursor">The cursor.</param>
    /// <param name="Earliest">The earliest cursor that the log still holds; null when the hub gave none.</param>
    public sealed record CursorRefused(string Code, string Reason, string Cursor, string? Earliest) : EventFeedEnd
    {
        /// <inheritdoc />
        public override string Message =>
            $"{Code}: {Reason} (the cursor was {Cursor}{(Earliest is null ? "" : $"; the earliest is {Earliest}")})";
    }

    /// <summary>The hub refused the options message.</summary>
    /// <param name="Reason">The hub's message.</param>
    public sealed record FilterRefused(string Reason) : EventFeedEnd
    {
        /// <inheritdoc />
        public override string Message => $"the server refused the filter: {Reason}";
    }

    /// <summary>The server refused the event socket, and would refuse it again.</summary>
    /// <param name="End">The server's answer.</param>
    public sealed record Refused(EventStreamEnd.HandshakeRefused End) : EventFeedEnd
    {
        /// <summary>The server's answer.</summary>
        public ApiError Error => End.Error;

        /// <inheritdoc />
        public override string Message => End.Message;
    }

    /// <summary>
    /// The server sent a frame that cannot be read. It is not skipped, because it may be an event: a client that resumes from
    /// <paramref name="Cursor"/> gets it again.
    /// </summary>
    /// <param name="Cause">Why it cannot be read.</param>
    /// <param name="Cursor">The last cursor before it.</param>
    public sealed record UnreadableFrame(string Cause, string Cursor) : EventFeedEnd
    {
        /// <inheritdoc />
        public override string Message =>
            $"the server sent an event that cannot be read: {Cause} (everything up to the cursor {Cursor} was read)";
    }

    /// <summary>The server sends events without cursors, as the original GARM does.</summary>
    public sealed record NoCursors : EventFeedEnd
    {
        /// <inheritdoc />
        public override string Message => "the server knows no cursors; read its events without one";
    }
}
