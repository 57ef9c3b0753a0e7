namespace Garm.Host.Events;

/// <summary>The bounds of one connection. Every wait and every buffer of the pump has its limit here.</summary>
public sealed record PumpSettings
{
    /// <summary>
    /// A message's size over all its fragments. GARM reads 1,048,576 bytes and refuses one more (PROTOCOL: closing).
    /// </summary>
    public int MaxMessageBytes { get; init; } = 1024 * 1024;

    /// <summary>Messages that a client may send in a second, a second's worth at once; 0 for no limit.</summary>
    public int MaxMessagesPerSecond { get; init; }

    /// <summary>How long a write may make no progress.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the rest of the queue may take once the client has sent its close frame.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the client's bytes are still read and dropped after our close frame. Closing a socket with unread bytes
    /// resets it, and a reset destroys what the client has not read yet: the close frame, or events before it.
    /// </summary>
    public TimeSpan LingerTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long the client has to be quiet for that reading to end early. GARM ends the stream at once, and the recorded
    /// client expects the end within 120 ms of the close frame (<c>ws-rejected-messages</c>).
    /// </summary>
    public TimeSpan LingerQuiet { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How long the session may take to work off what it was told before it counts as failed.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that go into one write. Several frames are copied together up to here; a larger one is cut.</summary>
    public int WriteBytes { get; init; } = 64 * 1024;

    /// <summary>Frames that the session may be told before it has to show that it worked them off.</summary>
    public int InFlightFrames { get; init; } = 64;

    /// <summary>Bytes of messages that the session may be told before it has to show that it worked them off.</summary>
    public int InFlightBytes { get; init; } = 256 * 1024;

    /// <summary>Pings whose pongs may wait to be sent before nothing more is read.</summary>
    public int UnansweredPings { get; init; } = 64;
}
