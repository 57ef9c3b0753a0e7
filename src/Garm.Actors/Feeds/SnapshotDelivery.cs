using Garm.Actors.Changes;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Feeds;

/// <summary>
/// Delivers the rows of one snapshot to a feed's sink, in the order in which they are read. Together with the changes after
/// <see cref="Place"/> they are complete: a row that is newer than the place is left out when such a change shows the entity.
/// </summary>
internal sealed class SnapshotDelivery(IFeedSink sink, EventFilter filter, LogPlace place)
{
    private readonly Queue<StateRange> _ranges = new(filter.Ranges());
    private string _after = "";
    private EntityStatePage? _page;
    private int _next;

    /// <summary>The snapshot's place.</summary>
    public LogPlace Place => place;

    /// <summary>The number of delivered rows.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// The position up to which changes complete the rows: that of the newest row that was left out. It is committed, possibly by a node
    /// whose batch this node's relay has not received yet.
    /// </summary>
    public LogPosition CompleteAt { get; private set; } = place.Position;

    /// <summary>The next part to read; null when nothing is left.</summary>
    public (StateRange Range, string After)? ToRead => _ranges.TryPeek(out var range) ? (range, _after) : null;

    /// <summary>Takes a page; false when it is from another copy of the database, which makes the snapshot void.</summary>
    public bool Take(EntityStatePage page)
    {
        if (page.Epoch != place.Epoch) return false;
        (_page, _next) = (page, 0);
        return true;
    }

    /// <summary>Delivers the rows of the page; false when the sink has no room for all of them.</summary>
    public bool TryDeliver()
    {
        if (_page is null) return true;
        for (; _next < _page.Rows.Count; _next++)
        {
            var row = _page.Rows[_next];
            if (filter.HasRow(row, place))
            {
                if (!sink.TryTake(row)) return false;
                Count++;
            }
            else if (row.Position > CompleteAt)
            {
                CompleteAt = row.Position;
            }
        }

        _after = _page.IsLast ? "" : _page.Rows[^1].Key;
        if (_page.IsLast) _ranges.Dequeue();
        _page = null;
        return true;
    }
}
