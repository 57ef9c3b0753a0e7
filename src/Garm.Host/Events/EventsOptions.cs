namespace Garm.Host.Events;

/// <summary>What the operator's settings under <c>Garm:Events</c> mean for the event socket itself.</summary>
public sealed record EventsOptions
{
    /// <summary>
    /// Origins from which browsers may open the event socket, besides the host they ask: full origins such as
    /// <c>https://dash.example.com</c>, or <c>*</c> for all of them. Default: none. A client that sends no Origin header
    /// (that is any that is not a browser) is always let in; the opaque origin <c>null</c> never.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>
    /// Bytes of events that may wait for one connection. Default: 4 MiB. Less makes slow clients cost less memory and end
    /// sooner; a single event is always taken when nothing else waits.
    /// </summary>
    public long SessionQueueBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>A message's size over all its fragments, in bytes. Default 1 MiB, as GARM's. A larger one ends the session.</summary>
    public int MaxMessageBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Messages that one client may send in a second, a second's worth at once. Default 100; 0 for no limit. Pings and pongs
    /// do not count: they are bounded by what the client reads. More ends the session.
    /// </summary>
    public int MaxMessagesPerSecond { get; init; } = 100;

    /// <summary>How long opening a session may take, and how long a client may take to send a request's head. Default 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a write may make no progress before the connection is given up. Default: 30 s. Progress is seen in
    /// steps of 64 KiB, so a client that reads slower than that amount per this time is cut off.
    /// </summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
