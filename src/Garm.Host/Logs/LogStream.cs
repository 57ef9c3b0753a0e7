using System.Collections.Immutable;

namespace Garm.Host.Logs;

/// <summary>Hands each record of the log to those who follow it. Never blocks who logs.</summary>
internal sealed class LogStream
{
    /// <summary>How many may follow the log of a node at once.</summary>
    public const int MaxFollowers = 20;

    private ImmutableArray<LogFollower> _followers = [];

    /// <summary>Whether anybody follows, so that a record is worth making.</summary>
    public bool HasFollowers => !_followers.IsEmpty;

    /// <summary>A new follower, who gets what is logged from now on; null when there are too many. Disposed, it gets no more.</summary>
    public LogFollower? TryFollow()
    {
        var follower = new LogFollower(this);
        return ImmutableInterlocked.Update(
            ref _followers, static (all, one) => all.Length < MaxFollowers ? all.Add(one) : all, follower)
            ? follower
            : null;
    }

    /// <summary>Hands a record to all.</summary>
    public void Write(byte[] record)
    {
        foreach (var follower in _followers) follower.Offer(record);
    }

    /// <summary>The follower gets no more.</summary>
    public void Leave(LogFollower follower) => ImmutableInterlocked.Update(ref _followers, static (all, one) => all.Remove(one), follower);
}
