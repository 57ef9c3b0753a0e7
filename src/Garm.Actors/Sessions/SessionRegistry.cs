using Akka.Actor;
using Garm.Actors.Users;

namespace Garm.Actors.Sessions;

/// <summary>The registry of this node's open sessions, with the limits on their number.</summary>
internal sealed class SessionRegistry(EventSessionOptions options)
{
    private readonly Dictionary<IActorRef, UserId> _sessions = [];
    private readonly Dictionary<UserId, int> _ofUser = [];

    /// <summary>The number of open sessions.</summary>
    public int Open => _sessions.Count;

    /// <summary>Why the user may not open another session now; null when the limits allow it.</summary>
    public SessionRefusal? Refuses(UserId user)
    {
        if (IsFull(Open, options.MaxSessions)) return SessionRefusal.TooManySessions;
        return IsFull(_ofUser.GetValueOrDefault(user), options.MaxSessionsPerUser) ? SessionRefusal.TooManySessionsOfUser : null;
    }

    /// <summary>Whether the session is open.</summary>
    public bool Contains(IActorRef session) => _sessions.ContainsKey(session);

    /// <summary>Adds an open session.</summary>
    public void Add(IActorRef session, UserId user)
    {
        _sessions.Add(session, user);
        _ofUser[user] = _ofUser.GetValueOrDefault(user) + 1;
    }

    /// <summary>Removes a session that has ended.</summary>
    public void Remove(IActorRef session)
    {
        if (!_sessions.Remove(session, out var user)) return;
        var left = _ofUser[user] - 1;
        if (left == 0) _ofUser.Remove(user);
        else _ofUser[user] = left;
    }

    private static bool IsFull(int open, int limit) => limit > 0 && open >= limit;
}
