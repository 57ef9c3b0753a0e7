namespace Garm.Actors.Sessions;

/// <summary>Settings of <see cref="SessionManagerActor"/> and <see cref="EventSessionActor"/>.</summary>
public sealed record EventSessionOptions
{
    /// <summary>
    /// The dispatcher of the sessions; null for Akka's default. On threads of their own the sessions' sending takes turns
    /// with the requests by the operating system's clock, and no request waits behind a thousand sessions.
    /// </summary>
    public string? Dispatcher { get; init; }

    /// <summary>Most sessions open at once on this node; further ones are refused. Default 0: no limit.</summary>
    public int MaxSessions { get; init; }

    /// <summary>Most sessions of one user open at once on this node; further ones are refused. Default 0: no limit.</summary>
    public int MaxSessionsPerUser { get; init; }

    /// <summary>Most filters in one message of a client; more end the session. Default 256.</summary>
    public int MaxFilters { get; init; } = 256;

    /// <summary>The pause between two pings, counted from the start of the connection. Default 54 s, as GARM's.</summary>
    public TimeSpan PingPeriod { get; init; } = TimeSpan.FromSeconds(54);

    /// <summary>
    /// How long a client that answered a ping once may be silent. Default 60 s, as GARM's. It must be longer than
    /// <see cref="PingPeriod"/>, or every client that answers is closed.
    /// </summary>
    public TimeSpan PongLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a session may be without a confirmation that its user is allowed to listen. Default 10 s, then it is
    /// closed. Short closes sessions in a database hiccup; long lets a revoked user listen that much longer.
    /// </summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two attempts to reach the user's actor or the relay. Default 1 s.</summary>
    public TimeSpan SubscribeRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause before the log is asked again that did not answer, or had nothing new. Default 250 ms.</summary>
    public TimeSpan LogRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long the node takes at most to close its sessions when it stops, 20 every 20 ms or more where there are many.
    /// Default 5 s: plain clients come back as soon as they are closed. Zero closes all at once; more than the host waits
    /// for the sessions cuts the rest off.
    /// </summary>
    public TimeSpan CloseSpread { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// When the node stops, each client with a cursor is asked to come back at a random moment within this time from its own
    /// close. Default 5 s, so that they do not all come at once. Zero asks them at once.
    /// </summary>
    public TimeSpan ReturnSpread { get; init; } = TimeSpan.FromSeconds(5);
}
