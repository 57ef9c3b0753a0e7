namespace Garm.Host.Events;

/// <summary>
/// The limits of one event socket. Every wait and every buffer of a connection is bounded by one of these. The first five are
/// settings of <c>Garm:Events</c>; no setting changes the others.
/// </summary>
internal sealed record EventSocketOptions
{
    /// <summary>
    /// Bytes of events that may wait for one connection. Default 4 MiB. With less, slow clients need less memory and are
    /// disconnected sooner; a single event is always accepted by an empty queue.
    /// </summary>
    public long SessionQueueBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Largest message of a client over all its fragments, in bytes. Default 1 MiB, as in GARM. A larger one ends the session.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Messages that one client may send a second; a burst of one second's worth is accepted. Default 100; 0 for no limit. One
    /// more ends the session. Pings and pongs do not count: <see cref="UnansweredPings"/> bounds them.
    /// </summary>
    public int MaxMessagesPerSecond { get; init; } = 100;

    /// <summary>How long opening a session may take. Default 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a write may make no progress before the connection is aborted. Default 30 s. Progress is measured in writes of
    /// <see cref="WriteBytes"/>, so a client that reads slower than that amount per this time is disconnected.
    /// </summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long sending the rest of the queue may take after the client's close frame.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the client's bytes are still read and dropped after the hub's close frame. Closing a socket with unread bytes
    /// resets it, and a reset destroys what the client has not read yet: the close frame, or events before it.
    /// </summary>
    public TimeSpan LingerTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// A pause of the client this long ends that reading early. GARM ends the stream at once, and the recorded client expects
    /// the end within 120 ms of the close frame (<c>ws-rejected-messages</c>).
    /// </summary>
    public TimeSpan LingerQuiet { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How long the session may take to process what it was told before it counts as failed.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most bytes of one write. Several frames are joined up to this size; a larger frame is split.</summary>
    public int WriteBytes { get; init; } = 64 * 1024;

    /// <summary>Frames that the session may be told before it has to confirm that it processed them.</summary>
    public int InFlightFrames { get; init; } = 64;

    /// <summary>Bytes of messages that the session may be told before it has to confirm that it processed them.</summary>
    public int InFlightBytes { get; init; } = 256 * 1024;

    /// <summary>Pings whose pongs may wait to be sent before reading stops.</summary>
    public int UnansweredPings { get; init; } = 64;
}
