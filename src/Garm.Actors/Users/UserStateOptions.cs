using Garm.Actors.Reads;

namespace Garm.Actors.Users;

/// <summary>Settings of <see cref="UserStateManagerActor"/> and <see cref="UserStateActor"/>.</summary>
public sealed record UserStateOptions
{
    /// <summary>
    /// The pause between two looks at a user in the database, beside the changes that the relay brings. Default 30 s: so
    /// long may a revoked user stay connected when every message was lost. Each user with a session costs one read.
    /// </summary>
    public TimeSpan RecheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a user's actor outlives its last session. Default 2 min. Short reads the database anew for a client that
    /// reconnects; long keeps, and rechecks, users that are gone.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause between two attempts to subscribe to the relay. Default 1 s.</summary>
    public TimeSpan SubscribeRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What happens when a user cannot be read.</summary>
    public RetryOptions Retry { get; init; } = new();
}
