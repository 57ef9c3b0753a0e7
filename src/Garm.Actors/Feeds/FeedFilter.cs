using Garm.Actors.Changes;
using Garm.Contracts.Events;

namespace Garm.Actors.Feeds;

/// <summary>A feed's filter while its reader may replace it at any moment.</summary>
internal sealed class FeedFilter
{
    // What the relay sends without a hole. After a filter was replaced, what is new in it begins with the relay's reply,
    // not with whatever shares a batch with what the filter before let through.
    private EventFilter? _promised;

    /// <summary>What the reader asked for last.</summary>
    public EventFilter Current { get; private set; } = EventFilter.NotYet;

    /// <summary>Whether the reader has asked for anything.</summary>
    public bool IsSet => Current.IsSet;

    /// <summary>The reader wants this instead.</summary>
    public void Replace(EventFilter filter) => Current = filter;

    /// <summary>The relay sends what the current filter lets through from now on.</summary>
    public void Promise() => _promised = Current;

    /// <summary>Whether the change is to be handed on.</summary>
    public bool Matches(RelayedChange change) =>
        Current.Matches(change) && (IsPromised || _promised!.Matches(change));

    /// <summary>The same for all changes of these kinds together; null when it depends on the entities' fields.</summary>
    public EventKinds? SentOf(EventKinds kinds) =>
        IsPromised ? Current.SentOf(kinds) : Current.SentOf(kinds) & _promised!.SentOf(kinds);

    private bool IsPromised => _promised is null || ReferenceEquals(_promised, Current);
}
