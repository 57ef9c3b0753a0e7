using System.Collections.Immutable;

namespace Garm.Host.Logs;

/// <summary>Distributes log records to the clients that follow the log. It never blocks the logging thread.</summary>
internal sealed class LogStream
{
    /// <summary>Most followers at once.</summary>
    public const int MaxFollowers = 20;

    private ImmutableArray<LogFollower> _followers = [];

    /// <summary>Whether there is a follower; records are built only then.</summary>
    public bool HasFollowers => !_followers.IsEmpty;

    /// <summary>Adds a follower, until it is disposed; null when there are too many.</summary>
    public LogFollower? TryFollow()
    {
        var follower = new LogFollower(this);
        return ImmutableInterlocked.Update(
            ref _followers, static (all, one) => all.Length < MaxFollowers ? all.Add(one) : all, follower)
            ? follower
            : null;
    }

    /// <summary>Queues a record for all followers.</summary>
    public void Write(byte[] record)
    {
        foreach (var follower in _followers) follower.Offer(record);
    }

    /// <summary>Removes a follower.</summary>
    public void Leave(LogFollower follower) => ImmutableInterlocked.Update(ref _followers, static (all, one) => all.Remove(one), follower);
}
