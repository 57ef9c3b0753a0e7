using Akka.Actor;

namespace Garm.Actors.Changes;

// Subscriptions.
public sealed partial class ChangeRelayActor
{
    private void Add(IActorRef subscriber, EventFilter filter)
    {
        if (_fanOut.Subscribe(subscriber, filter)) Context.Watch(subscriber);
    }

    private void Forget(IActorRef subscriber)
    {
        if (_fanOut.Unsubscribe(subscriber)) Context.Unwatch(subscriber);
    }

    // The last page and the subscription are one step, so that no change falls between them.
    private object AnswerResume(Resume resume)
    {
        Forget(resume.Subscriber);
        var (head, after) = (_order.Head, resume.After);
        if (after.Epoch != head.Epoch) return new NotRecent(resume.Round) { PlaceNow = _fanOut.PlaceNow(after) };
        if (after.Position > head.Position && !resume.InLog) return new NotRecent(resume.Round);
        if (after.Position == head.Position && after.Chain != head.Chain) return new NotRecent(resume.Round);
        if (after.Position >= head.Position)
        {
            // A subscriber that read the log may be ahead of this relay. It ignores the changes that it has.
            Add(resume.Subscriber, resume.Filter);
            return new Resumed(resume.Round, [], after, IsLive: true);
        }

        if (!_fanOut.TryReadRecent(after.Position, options.PageSize, out var changes) || changes.IsEmpty || changes[0].PlaceBefore != after)
            return new NotRecent(resume.Round);

        var upTo = changes[^1].Place;
        var isLive = upTo == head;
        if (isLive) Add(resume.Subscriber, resume.Filter);
        return new Resumed(resume.Round, changes, upTo, isLive);
    }
}
