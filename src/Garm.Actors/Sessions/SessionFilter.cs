using Garm.Actors.Changes;
using Garm.Contracts.Events;

namespace Garm.Actors.Sessions;

/// <summary>A session's filter while its client may replace it at any moment.</summary>
internal sealed class SessionFilter(int maxFilters)
{
    // What the relay sends without a hole. After a filter was replaced, what is new in it begins with the relay's reply,
    // not with whatever shares a batch with what the filter before let through.
    private EventFilter? _promised;

    /// <summary>What the client asked for last.</summary>
    public EventFilter Current { get; private set; } = EventFilter.NotYet;

    /// <summary>Whether the client has sent a filter.</summary>
    public bool IsSet => Current.IsSet;

    /// <summary>Most filters of one message.</summary>
    public int MaxFilters => maxFilters;

    /// <summary>What a client is told whose message has more filters than it may.</summary>
    public string TooMany => $"too many filters: at most {maxFilters} in one message";

    /// <summary>The client wants this instead.</summary>
    public void Replace(EventFilter filter) => Current = filter;

    /// <summary>The relay sends what the current filter lets through from now on.</summary>
    public void Promise() => _promised = Current;

    /// <summary>Whether the change, which the relay sent live, is to be sent.</summary>
    public bool Matches(RelayedChange change) =>
        Current.Matches(change) && (IsPromised || _promised!.Matches(change));

    /// <summary>The same for all changes of these kinds together; null when it depends on the entities' fields.</summary>
    public EventKinds? SentOf(EventKinds kinds) =>
        IsPromised ? Current.SentOf(kinds) : Current.SentOf(kinds) & _promised!.SentOf(kinds);

    private bool IsPromised => _promised is null || ReferenceEquals(_promised, Current);
}
