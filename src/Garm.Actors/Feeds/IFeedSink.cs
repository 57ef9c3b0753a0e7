using System.Collections.Immutable;
using Garm.Actors.Changes;
using Garm.Contracts.Events;

namespace Garm.Actors.Feeds;

/// <summary>The result of <see cref="IFeedSink.Take"/>.</summary>
internal enum SinkRoom
{
    /// <summary>There was no room, and the change was not taken.</summary>
    None,

    /// <summary>The change was taken, and no more are wanted.</summary>
    Last,

    /// <summary>The change was taken, and there may be room for more.</summary>
    More,
}

/// <summary>Where a feed delivers to: the queue of a connection, or a list for an HTTP answer.</summary>
internal interface IFeedSink
{
    /// <summary>Takes a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="live">The relay's message that it came with; null while the feed catches up.</param>
    SinkRoom Take(RelayedChange change, RelayedChanges? live);

    /// <summary>The shared frames of the changes of these kinds; false to take the changes one by one.</summary>
    bool TryGetShared(RelayedChanges live, EventKinds kinds, out ImmutableArray<JoinedFrames> shared);

    /// <summary>Takes all of the frames, or none and returns false.</summary>
    bool TryTake(JoinedFrames run, RelayedChanges live);
}
