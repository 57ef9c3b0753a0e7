using System.Collections.Immutable;
using Garm.Actors.Changes;
using Garm.Contracts.Events;
using Garm.Log.States;

namespace Garm.Actors.Feeds;

/// <summary>The result of <see cref="IFeedSink.Take"/>.</summary>
internal enum SinkRoom
{
    /// <summary>There was no room, and the change was not taken.</summary>
    None,

    /// <summary>The change was taken, and the sink takes no more.</summary>
    Last,

    /// <summary>The change was taken, and there may be room for more.</summary>
    More,
}

/// <summary>The sink of a feed: the queue of a connection, or a list for an HTTP answer.</summary>
internal interface IFeedSink
{
    /// <summary>Takes a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="move">How it moved the entity relative to the filter.</param>
    /// <param name="live">The relay's message that it came with; null while the feed catches up.</param>
    SinkRoom Take(RelayedChange change, FilterMove move, RelayedChanges? live);

    /// <summary>Takes a row of a snapshot; false when there is no room, and the row was not taken.</summary>
    bool TryTake(EntityStateRow row);

    /// <summary>The shared frames of the changes of these kinds; false when the changes have to be taken one by one.</summary>
    bool TryGetShared(RelayedChanges live, EventKinds kinds, out ImmutableArray<JoinedFrames> shared);

    /// <summary>Takes all of the frames, or returns false and takes none.</summary>
    bool TryTake(JoinedFrames run, RelayedChanges live);
}
