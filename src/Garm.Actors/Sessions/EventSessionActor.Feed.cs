using Akka.Actor;
using Akka.Event;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Actors.Snapshots;
using Garm.Contracts.Events;

namespace Garm.Actors.Sessions;

// Carries out the feed's actions.
public sealed partial class EventSessionActor
{
    private bool _isParked;

    private void Feed(object message)
    {
        var sent = _sink.Sent;
        var actions = _feed.On(message);
        if (_sink.Sent != sent) _cursor.Spoke();
        for (var i = 0; i < actions.Count; i++) Do(actions[i]);
        if (_feed.Phase == FeedPhase.Live) Unpark();
    }

    private void Do(FeedAction action)
    {
        if (ports.Feed.TrySend(action, Self)) return;
        switch (action)
        {
            case FeedAction.TellSnapshotBegin begin:
                _cursor.Say(ControlFrame.SnapshotBegin(begin.Reason));
                break;
            case FeedAction.TellSnapshotEnd end:
                _cursor.SnapshotEnd(end.Place, end.Count);
                break;
            case FeedAction.AwaitRoom await:
                Park(await.Round);
                break;
            case FeedAction.TellCaughtUp caughtUp:
                _cursor.CaughtUp(caughtUp.Place);
                break;
            case FeedAction.TellPlace place:
                _cursor.Heartbeat(place.Place);
                break;
            case FeedAction.Refuse { Refusal: var refusal }:
                _log.Debug("Session {0} cannot continue from its place: {1}", id, refusal.Code);
                _cursor.Say(refusal.ToJson());
                break;
            case FeedAction.End:
                Close(SessionCloseReason.SlowConsumer);
                break;
            case FeedAction.Plain plain:
                Do(plain);
                break;
        }
    }

    private void Do(FeedAction.Plain plain)
    {
        if (plain == FeedAction.StopAsking) Timers.Cancel(FeedRetryKey);
        else Timers.StartSingleTimer(
            FeedRetryKey, new FeedRetryDue(), plain == FeedAction.AskRelayLater ? options.SubscribeRetry : options.LogRetry);
    }

    private void OnHeartbeatDue()
    {
        if (!_cursor.IsHeartbeatDue()) return;
        if (_feed.Phase == FeedPhase.Live) ports.Relay.Tell(new AskPlace(_feed.Round));
        else if (_feed is { Phase: FeedPhase.CatchingUp, Place: { } place }) _cursor.Heartbeat(place);

        // Otherwise there is no place yet, or the client is behind and has enough to read.
    }

    private void Park(long round)
    {
        if (!_isParked) SessionTelemetry.Parked();
        _isParked = true;
        var (self, room) = (Self, new FeedRoomMade(round));
        outbound.CallWhenRoom(() => self.Tell(room, ActorRefs.NoSender));
    }

    // A session that fell behind counts as parked until it is live again.
    private void Unpark()
    {
        if (_isParked) SessionTelemetry.Unparked();
        _isParked = false;
    }
}
