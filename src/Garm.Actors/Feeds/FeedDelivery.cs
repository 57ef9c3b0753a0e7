using System.Collections.Immutable;
using Garm.Actors.Changes;
using Garm.Log;

namespace Garm.Actors.Feeds;

/// <summary>
/// Delivers changes to a feed's sink, in order and each once, and keeps the feed's place: every change up to it that the filter
/// lets through was delivered.
/// </summary>
internal sealed class FeedDelivery(IFeedSink sink, FeedFilter filter)
{
    /// <summary>How far the feed is; null before it has begun.</summary>
    public LogPlace? Place { get; set; }

    /// <summary>Moves the place forward to one up to which nothing is left to deliver.</summary>
    public void Reach(LogPlace place)
    {
        if (Place is not { } before || before.Epoch != place.Epoch || before.Position < place.Position) Place = place;
    }

    /// <summary>Delivers what follows the place and passes the filter; false when the sink has no room for all of it.</summary>
    public bool TryDeliver(ImmutableArray<RelayedChange> changes, RelayedChanges? live = null)
    {
        foreach (var change in changes)
        {
            if (IsDelivered(change)) continue;
            var room = filter.Matches(change) ? sink.Take(change, live) : SinkRoom.More;
            Place = room == SinkRoom.None ? change.PlaceBefore : change.Place;
            if (room != SinkRoom.More) return false;
        }

        return true;
    }

    /// <summary>Delivers a live batch, from the frames that all readers share where that is possible.</summary>
    public bool TryDeliver(RelayedChanges live) => TryDeliverShared(live) || TryDeliver(live.Changes, live);

    private bool TryDeliverShared(RelayedChanges live)
    {
        if (live.Changes.Length < 2 || IsDelivered(live.Changes[0])) return false;
        if (filter.SentOf(live.Kinds) is not { } kinds || !sink.TryGetShared(live, kinds, out var shared)) return false;
        foreach (var frames in shared)
        {
            if (!sink.TryTake(frames, live)) return false; // One by one then, as many as there is room for.
            Place = frames.Last;
        }

        Place = live.Changes[^1].Place;
        return true;
    }

    private bool IsDelivered(RelayedChange change) =>
        Place is { } place && place.Epoch == change.Epoch && change.Change.Position <= place.Position;
}
