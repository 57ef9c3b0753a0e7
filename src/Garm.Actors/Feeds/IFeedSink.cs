using System.Collections.Immutable;
using Garm.Actors.Changes;
using Garm.Contracts.Events;

namespace Garm.Actors.Feeds;

/// <summary>What room a sink has.</summary>
internal enum SinkRoom
{
    /// <summary>There was none: it did not take the change.</summary>
    None,

    /// <summary>It took the change, and wants no more.</summary>
    Last,

    /// <summary>It took the change, and perhaps has room for more.</summary>
    More,
}

/// <summary>Where a feed's changes go: a connection's queue, an answer.</summary>
internal interface IFeedSink
{
    /// <summary>Takes a change that the filter lets through.</summary>
    /// <param name="change">The change.</param>
    /// <param name="live">The relay's message that brought it; null for one that was caught up with.</param>
    SinkRoom Take(RelayedChange change, RelayedChanges? live);

    /// <summary>The changes of these kinds in the sink's form, put together for all who want them; false to take them one by one.</summary>
    bool TryGetShared(RelayedChanges live, EventKinds kinds, out ImmutableArray<JoinedFrames> shared);

    /// <summary>Takes several at once; false when there is no room for all of them, and then it took none.</summary>
    bool TryTake(JoinedFrames run, RelayedChanges live);
}
