using Akka.Actor;
using Garm.Actors.Users;

namespace Garm.Actors.Sessions;

/// <summary>Counts this node's sessions, and says who may open one more.</summary>
internal sealed class SessionRegistry(EventSessionOptions options)
{
    private readonly Dictionary<IActorRef, UserId> _sessions = [];
    private readonly Dictionary<UserId, int> _ofUser = [];

    /// <summary>How many are open.</summary>
    public int Open => _sessions.Count;

    /// <summary>Why this user may open no further session now; null when there is room.</summary>
    public SessionRefusal? Refuses(UserId user)
    {
        if (IsFull(Open, options.MaxSessions)) return SessionRefusal.TooManySessions;
        return IsFull(_ofUser.GetValueOrDefault(user), options.MaxSessionsPerUser) ? SessionRefusal.TooManySessionsOfUser : null;
    }

    /// <summary>Whether the session is open.</summary>
    public bool Contains(IActorRef session) => _sessions.ContainsKey(session);

    /// <summary>The session is open.</summary>
    public void Add(IActorRef session, UserId user)
    {
        _sessions.Add(session, user);
        _ofUser[user] = _ofUser.GetValueOrDefault(user) + 1;
    }

    /// <summary>The session is gone.</summary>
    public void Remove(IActorRef session)
    {
        if (!_sessions.Remove(session, out var user)) return;
        var left = _ofUser[user] - 1;
        if (left == 0) _ofUser.Remove(user);
        else _ofUser[user] = left;
    }

    private static bool IsFull(int open, int limit) => limit > 0 && open >= limit;
}
