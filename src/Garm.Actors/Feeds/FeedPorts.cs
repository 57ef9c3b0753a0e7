using Akka.Actor;
using Garm.Actors.Changes;
using Garm.Actors.Snapshots;

namespace Garm.Actors.Feeds;

/// <summary>The actors that a feed's reader asks.</summary>
/// <param name="Relay">The node's <c>ChangeRelayActor</c>.</param>
/// <param name="LogPages">The node's <c>LogPagesActor</c>.</param>
/// <param name="Snapshots">The node's <c>SnapshotsActor</c>.</param>
internal readonly record struct FeedPorts(IActorRef Relay, IActorRef LogPages, IActorRef Snapshots)
{
    /// <summary>Sends the action to the actor that it is for.</summary>
    /// <param name="action">What the feed asks for.</param>
    /// <param name="reader">Who gets the answers.</param>
    /// <returns>Whether it was for one of them; the others are the reader's own matter.</returns>
    public bool TrySend(FeedAction action, IActorRef reader)
    {
        switch (action)
        {
            case FeedAction.Subscribe subscribe:
                Relay.Tell(new Subscribe(reader, subscribe.Filter.Kinds) { Filter = subscribe.Filter, Round = subscribe.Round }, reader);
                return true;
            case FeedAction.Resume resume:
                Relay.Tell(new Resume(reader, resume.Filter, resume.After, resume.IsInLog, resume.Round), reader);
                return true;
            case FeedAction.ReadPage read:
                LogPages.Tell(new ReadLogPage(read.After, read.Round), reader);
                return true;
            case FeedAction.BeginSnapshot begin:
                Snapshots.Tell(new BeginSnapshot(begin.Round), reader);
                return true;
            case FeedAction.ReadStates read:
                Snapshots.Tell(new ReadStates(read.Range, read.After, read.Round), reader);
                return true;
            case FeedAction.Plain plain when plain == FeedAction.Unsubscribe:
                Relay.Tell(new Unsubscribe(reader), reader);
                return true;
            case FeedAction.Plain plain when plain == FeedAction.ReleaseSnapshot:
                Snapshots.Tell(EndSnapshot.Instance, reader);
                return true;
            default:
                return false;
        }
    }
}
