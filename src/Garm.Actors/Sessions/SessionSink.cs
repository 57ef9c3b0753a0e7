using System.Collections.Immutable;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Contracts.Events;

namespace Garm.Actors.Sessions;

/// <summary>Queues a feed's changes for the connection, in the form that the client asked for.</summary>
internal sealed class SessionSink(OutboundQueue outbound, CursorMode cursor) : IFeedSink
{
    /// <summary>The number of events queued so far.</summary>
    public long Sent { get; private set; }

    public SinkRoom Take(RelayedChange change, RelayedChanges? live)
    {
        if (live is not null) outbound.Sample.Mark(live, outbound.Queued + 1);
        if (!outbound.TryEnqueue(cursor.IsOn ? change.CursorFrame : change.PlainFrame)) return SinkRoom.None;
        Sent++;
        return SinkRoom.More;
    }

    public bool TryGetShared(RelayedChanges live, EventKinds kinds, out ImmutableArray<JoinedFrames> shared) =>
        live.TryGetShared(kinds, cursor.IsOn, out shared);

    public bool TryTake(JoinedFrames run, RelayedChanges live)
    {
        outbound.Sample.Mark(live, outbound.Queued + run.Count);
        if (!outbound.TryEnqueue(run.Bytes, run.Count)) return false;
        Sent += run.Count;
        return true;
    }
}
