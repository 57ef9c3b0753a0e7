namespace Garm.Actors.Sessions;

/// <summary>Settings of <see cref="SessionManagerActor"/> and <see cref="EventSessionActor"/>.</summary>
public sealed record EventSessionOptions
{
    /// <summary>
    /// The dispatcher of the sessions; null for Akka's default. With threads of their own, the operating system schedules sessions
    /// and REST requests fairly, and no request waits behind a thousand sessions.
    /// </summary>
    public string? Dispatcher { get; init; }

    /// <summary>Most sessions open at once on this node; further ones are refused. Default 0: no limit.</summary>
    public int MaxSessions { get; init; }

    /// <summary>Most sessions of one user open at once on this node; further ones are refused. Default 0: no limit.</summary>
    public int MaxSessionsPerUser { get; init; }

    /// <summary>Most filters in one message of a client. A message with more ends the session. Default 256.</summary>
    public int MaxFilters { get; init; } = 256;

    /// <summary>The pause between two pings. Default 54 s, as in GARM.</summary>
    public TimeSpan PingPeriod { get; init; } = TimeSpan.FromSeconds(54);

    /// <summary>
    /// The longest pause between two pongs of a client that has sent one. Default 60 s, as in GARM. It has to be longer than
    /// <see cref="PingPeriod"/>.
    /// </summary>
    public TimeSpan PongLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a session may wait for the confirmation of its user before it is closed. Default 10 s. A short time closes sessions
    /// during a short failure of the database; during a long one a revoked user keeps listening.
    /// </summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two attempts to reach the user's actor or the relay. Default 1 s.</summary>
    public TimeSpan SubscribeRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause before the log is read again after a failure or an empty page. Default 250 ms.</summary>
    public TimeSpan LogRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The time over which a stopping node spreads the closing of its sessions, at least 20 every 20 ms. Default 5 s, because plain
    /// clients reconnect at once. Zero closes all at once. The host waits 10 s for the sessions and then aborts the rest.
    /// </summary>
    public TimeSpan CloseSpread { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a session may take to tell its state for <see cref="AskSessionPage"/>; one that takes longer is shown as
    /// <see cref="SessionStates.NotResponding"/>. Default 1 s, well below what the asker waits for a page.
    /// </summary>
    public TimeSpan DescribeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A stopping node asks each client with a cursor to reconnect after a random time up to this one. Default 5 s. Zero asks for an
    /// immediate reconnect.
    /// </summary>
    public TimeSpan ReturnSpread { get; init; } = TimeSpan.FromSeconds(5);
}
