using Akka.Actor;
using Garm.Actors.Users;

namespace Garm.Actors.Sessions;

/// <summary>The registry of this node's open sessions, with the limits on their number.</summary>
internal sealed class SessionRegistry(EventSessionOptions options)
{
    private readonly Dictionary<IActorRef, SessionEntry> _sessions = [];
    private readonly SortedSet<SessionEntry> _byId = new(Comparer<SessionEntry>.Create((x, y) => x.Id.Value.CompareTo(y.Id.Value)));
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

    /// <summary>The actor of the session; null when none is open with this id.</summary>
    public IActorRef? Find(SessionId id) => _byId.TryGetValue(KeyOf(id), out var entry) ? entry.Session : null;

    /// <summary>The sessions that follow one in the order of their ids, open or not; all of them for null.</summary>
    public IEnumerable<SessionEntry> After(SessionId? id)
    {
        if (id is not { } after) return _byId;
        if (_byId.Max is not { } last || last.Id.Value.CompareTo(after.Value) <= 0) return [];
        return _byId.GetViewBetween(KeyOf(after), last).SkipWhile(x => x.Id == after);
    }

    /// <summary>Adds an open session.</summary>
    public void Add(SessionEntry entry)
    {
        _sessions.Add(entry.Session, entry);
        _byId.Add(entry);
        _ofUser[entry.UserId] = _ofUser.GetValueOrDefault(entry.UserId) + 1;
    }

    /// <summary>Removes a session that has ended.</summary>
    public void Remove(IActorRef session)
    {
        if (!_sessions.Remove(session, out var entry)) return;
        _byId.Remove(entry);
        var left = _ofUser[entry.UserId] - 1;
        if (left == 0) _ofUser.Remove(entry.UserId);
        else _ofUser[entry.UserId] = left;
    }

    private static SessionEntry KeyOf(SessionId id) => new(id, ActorRefs.Nobody, default);

    private static bool IsFull(int open, int limit) => limit > 0 && open >= limit;
}
