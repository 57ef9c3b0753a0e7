using Garm.Actors.Reads;

namespace Garm.Actors.Users;

/// <summary>Settings of <see cref="UserStateManagerActor"/> and <see cref="UserStateActor"/>.</summary>
public sealed record UserStateOptions
{
    /// <summary>
    /// The pause between two reads of a user, in addition to those after changes. Default 30 s, which is how long a revoked user stays
    /// connected when all messages are lost. Each user with a session causes one read.
    /// </summary>
    public TimeSpan RecheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a user's actor outlives its last session. Default 2 min. A short time causes a read for each client that reconnects;
    /// during a long one, users without sessions are still read.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause between two attempts to subscribe to the relay. Default 1 s.</summary>
    public TimeSpan SubscribeRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How a failed read is repeated.</summary>
    public RetryOptions Retry { get; init; } = new();
}
