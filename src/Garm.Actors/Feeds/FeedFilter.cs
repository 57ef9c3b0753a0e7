using Garm.Actors.Changes;
using Garm.Contracts.Events;

namespace Garm.Actors.Feeds;

/// <summary>The filter of a feed, which the reader may replace at any time.</summary>
internal sealed class FeedFilter
{
    // The filter with which the relay last confirmed the subscription. Until it confirms a new one, changes that only the new one
    // lets through may arrive with others by chance; delivering those would leave gaps, so a change has to pass both.
    private EventFilter? _confirmed;

    /// <summary>The reader's latest filter.</summary>
    public EventFilter Current { get; private set; } = EventFilter.NotYet;

    /// <summary>Whether the reader has asked for anything.</summary>
    public bool IsSet => Current.IsSet;

    /// <summary>Replaces the filter.</summary>
    public void Replace(EventFilter filter) => Current = filter;

    /// <summary>The relay has confirmed the current filter.</summary>
    public void Confirm() => _confirmed = Current;

    /// <summary>Whether the change is delivered.</summary>
    public bool Matches(RelayedChange change) =>
        Current.Matches(change) && (IsConfirmed || _confirmed!.Matches(change));

    /// <summary>Which of these kinds are delivered; null when that depends on the entities' fields.</summary>
    public EventKinds? SentOf(EventKinds kinds) =>
        IsConfirmed ? Current.SentOf(kinds) : Current.SentOf(kinds) & _confirmed!.SentOf(kinds);

    private bool IsConfirmed => _confirmed is null || ReferenceEquals(_confirmed, Current);
}
