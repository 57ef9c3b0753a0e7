using System.Collections.Immutable;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Contracts.Events;
using Garm.Log.States;

namespace Garm.Actors.Sessions;

/// <summary>Queues a feed's changes for the connection, in the form that the client asked for.</summary>
internal sealed class SessionSink(OutboundQueue outbound, CursorMode cursor) : IFeedSink
{
    /// <summary>The number of events queued so far.</summary>
    public long Sent { get; private set; }

    public SinkRoom Take(RelayedChange change, FilterMove move, RelayedChanges? live)
    {
        if (live is not null) outbound.Sample.Mark(live, outbound.Queued + 1);
        if (!outbound.TryEnqueue(change.FrameOf(cursor.Form, move))) return SinkRoom.None;
        Sent++;
        return SinkRoom.More;
    }

    public bool TryGetShared(RelayedChanges live, EventKinds kinds, out ImmutableArray<JoinedFrames> shared) =>
        live.TryGetShared(kinds, cursor.Form, out shared);

    public bool TryTake(JoinedFrames run, RelayedChanges live)
    {
        outbound.Sample.Mark(live, outbound.Queued + run.Count);
        if (!outbound.TryEnqueue(run.Bytes, run.Count)) return false;
        Sent += run.Count;
        return true;
    }

    // A snapshot uses at most half of the queue: it may be large, and its rows are less urgent than events.
    public bool TryTake(EntityStateRow row) =>
        outbound.HasRoom && outbound.TryEnqueue(cursor.Form.OfEvent(EventFrame.EncodeRow(row.EntityType, row.Source, row.Payload.Span), null));
}
