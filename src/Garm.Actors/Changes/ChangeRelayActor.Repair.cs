using System.Collections.Immutable;
using Akka.Event;
using Garm.Actors.Telemetry;
using Garm.Log;

namespace Garm.Actors.Changes;

// What the relay does with batches, with looks at the log, and with the gaps between them.
public sealed partial class ChangeRelayActor
{
    private void StartRelaying(LogLook look)
    {
        if (_fanOut.SentTo is null) _fanOut.Begin(look.Head);
        _order = new ChangeOrder(_fanOut.SentTo ?? look.Head, options.MaxHeldChanges);
        _running = true;
        OnHead(look);
        Stash.UnstashAll();
    }

    private void BecomeRelaying()
    {
        Become(Relaying);
        ArmHeadCheck(options.PollInterval);
        WatchGap();
    }

    private void OnBatch(ChangeBatch batch)
    {
        if (_order.Has(batch)) return; // As of each batch of this node, which the mediator brings once more.
        using var span = GarmTelemetry.StartRelay(batch);
        switch (_order.Offer(batch, out var ready))
        {
            case BatchVerdict.InOrder:
                SendSoon(ready);
                break;
            case BatchVerdict.Foreign when batch.Epoch != _doubted:
                // One look for each strange epoch: a node that goes on publishing another history must not make this one
                // read the head for every batch.
                _doubted = batch.Epoch;
                ArmHeadCheck(TimeSpan.Zero);
                break;
        }
    }

    private void OnHead(LogLook look)
    {
        if (_order.IsOtherHistory(look))
        {
            OnOtherHistory(look.Head);
            return;
        }

        _order.Hear(look.Head.Position);
        GarmTelemetry.RelayStands(_order.Known, _order.Head.Position);
        BecomeRelaying();
    }

    // What the mediator is bringing already is not worth a read, so a gap gets a moment to close by itself.
    private void WatchGap()
    {
        if (!_order.IsBehind) Timers.Cancel(GapKey);
        else if (options.GapPatience <= TimeSpan.Zero) Repair();
        else if (!Timers.IsTimerActive(GapKey)) Timers.StartSingleTimer(GapKey, new GapDue(_order.Head.Position), options.GapPatience);
    }

    private void Repair()
    {
        Become(Repairing);
        Timers.Cancel(HeadCheckKey);
        Timers.Cancel(GapKey);
        ReadPage();
    }

    private void OnPage(LogLook look)
    {
        if (_order.IsOtherHistory(look))
        {
            OnOtherHistory(look.Head);
            return;
        }

        var filled = _order.Fill(look);
        if (filled.Pruned > 0)
            _log.Warning("{0} changes were pruned from the log before this node could relay them", filled.Pruned);
        if (!filled.Ready.IsEmpty)
        {
            _gapsRepaired++;
            GarmTelemetry.GapRepaired();
        }

        SendWaiting();
        Send(filled.Ready, _order.Head);
        if (look.IsFull)
        {
            ReadPage();
            return;
        }

        SubscribeToMediator(); // Perhaps it has forgotten this relay; to subscribe twice is harmless.
        BecomeRelaying();
    }

    // Under the old epoch new changes would get positions that were given out before: the same cursor would name two
    // events. So the epoch ends here, for all nodes, and whoever notices first begins the next one.
    private void OnOtherHistory(LogPlace head)
    {
        SendWaiting();
        Become(Forking);
        Timers.Cancel(HeadCheckKey);
        Timers.Cancel(GapKey);
        var (log, ends, old, sent) = (reader, epochs, _order.Head.Epoch, _fanOut.SentPlaces);
        _read.Start(async cancellation =>
        {
            if (head.Epoch == old) head = await ends.EndAsync(old, cancellation).ConfigureAwait(false);
            return await CommonPast.FindAsync(log, head, sent, cancellation).ConfigureAwait(false);
        });
    }

    // Whoever listens without a cursor is not told of it: he gets what is new to him, from where the histories part.
    private void AdoptHistory(OtherHistory history)
    {
        var (head, place) = (history.Head, history.Agreed);
        _log.Warning("The database's log is another history: {0} instead of {1}; going on from {2}", head, _order.Head, place);
        _order.Adopt(place, head.Position);
        _fanOut.BeginAnother(place);
        var changed = new HistoryChanged(place);
        foreach (var subscriber in _fanOut.Subscribers) subscriber.Tell(changed, Self);
    }

    // Batches that wait in the mailbox behind this one go out with it, in one message a subscriber: the more there is to
    // do, the less each event costs. Where there is much, what comes during a rest goes out together, too.
    private void SendSoon(ImmutableArray<Change> changes)
    {
        if (_waiting.Count == 0 && !_rests) Self.Tell(new SendDue(), Self);
        _waiting.AddRange(changes);
        _waitingUpTo = _order.Head;
        _waitingTrace ??= SendTrace.OfCurrent();
    }

    private void SendWaiting(TimeSpan rested = default)
    {
        if (_waiting.Count == 0) return;
        var changes = _waiting.ToImmutable();
        _waiting.Clear();
        var told = Send(changes, _waitingUpTo, _waitingTrace);
        _waitingTrace = null;
        var rest = options.Gathering.RestAfter(changes.Length, told, rested);
        if (_rests || rest == TimeSpan.Zero) return;
        _rests = true;
        Timers.StartSingleTimer(RestKey, new RestEnds(rest), rest);
    }

    private int Send(ImmutableArray<Change> changes, LogPlace upTo, SendTrace? trace = null)
    {
        if (changes.IsEmpty) return 0;
        var told = _fanOut.Send(changes, upTo, Self, trace);
        GarmTelemetry.RelayStands(_order.Known, upTo.Position);
        return told;
    }

    private void LookAtHead()
    {
        var (log, start) = (reader, _order.BeginLook());
        _read.Start(cancellation => LogLooks.AtHeadAsync(log, start, cancellation));
    }

    private void ReadPage()
    {
        var (log, start, limit) = (reader, _order.BeginLook(), options.PageSize);
        _read.Start(cancellation => LogLooks.AtPageAsync(log, start, limit, cancellation));
    }

    // A periodic timer would pile up looks on a slow database: the next one is planned when this one is done.
    private void ArmHeadCheck(TimeSpan delay) => Timers.StartSingleTimer(HeadCheckKey, new HeadCheckDue(), delay);
}
