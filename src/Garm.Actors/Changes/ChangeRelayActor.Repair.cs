using System.Collections.Immutable;
using Akka.Event;
using Garm.Actors.Telemetry;
using Garm.Log;

namespace Garm.Actors.Changes;

// Batches, reads of the log, gaps, and the epoch switch.
public sealed partial class ChangeRelayActor
{
    private void StartRelaying(LogSnapshot read)
    {
        if (_fanOut.SentTo is null) _fanOut.Begin(read.Head);
        _order = new ChangeOrder(_fanOut.SentTo ?? read.Head, options.MaxHeldChanges);
        _running = true;
        OnHead(read);
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
        if (_order.Has(batch)) return; // A batch of this node arrives twice: directly and through the mediator.
        using var span = GarmTelemetry.StartRelay(batch);
        switch (_order.Offer(batch, out var ready))
        {
            case BatchVerdict.InOrder:
                SendSoon(ready);
                break;
            case BatchVerdict.Foreign when batch.Epoch != _doubted:
                // The head is read once for each unknown epoch: a node that keeps publishing another history must not cause a
                // read for every batch.
                _doubted = batch.Epoch;
                ArmHeadCheck(TimeSpan.Zero);
                break;
        }
    }

    private void OnHead(LogSnapshot read)
    {
        if (_order.IsOtherHistory(read))
        {
            BeginEpochSwitch(read.Head);
            return;
        }

        _order.Hear(read.Head.Position);
        GarmTelemetry.RelayStands(_order.Known, _order.Head.Position);
        BecomeRelaying();
    }

    // The missing batch is usually on its way, so the log is read only when a gap lasts.
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

    private void OnPage(LogSnapshot read)
    {
        if (_order.IsOtherHistory(read))
        {
            BeginEpochSwitch(read.Head);
            return;
        }

        var filled = _order.Fill(read);
        if (filled.Pruned > 0)
            _log.Warning("{0} changes were pruned from the log before this node could relay them", filled.Pruned);
        if (!filled.Ready.IsEmpty)
        {
            _gapsRepaired++;
            GarmTelemetry.GapRepaired();
        }

        SendWaiting();
        Send(filled.Ready, _order.Head);
        if (read.IsFull)
        {
            ReadPage();
            return;
        }

        SubscribeToMediator(); // The mediator may have lost the subscription; a second one has no effect.
        BecomeRelaying();
    }

    // Under the old epoch, new changes would get positions that were used before, and one cursor would name two events. So the
    // first node that notices begins a new epoch, for all nodes.
    private void BeginEpochSwitch(LogPlace head)
    {
        SendWaiting();
        Become(SwitchingEpoch);
        Timers.Cancel(HeadCheckKey);
        Timers.Cancel(GapKey);
        var (log, ends, old, sent) = (reader, epochs, _order.Head.Epoch, _fanOut.SentPlaces);
        _read.Start(async cancellation =>
        {
            if (head.Epoch == old) head = await ends.EndAsync(old, cancellation).ConfigureAwait(false);
            return await CommonHistory.FindAsync(log, head, sent, cancellation).ConfigureAwait(false);
        });
    }

    // A reader without cursors gets no notice: it gets every change after the divergence point.
    private void SwitchEpoch(EpochSwitch found)
    {
        var (head, place) = (found.Head, found.Agreed);
        _log.Warning("The database's log has another history: {0} instead of {1}; continuing from {2}", head, _order.Head, place);
        _order.Adopt(place, head.Position);
        _fanOut.SwitchEpoch(place);
        var changed = new HistoryChanged(place);
        foreach (var subscriber in _fanOut.Subscribers) subscriber.Tell(changed, Self);
    }

    // Fan-out batching: batches that are already in the mailbox are sent together with this one, in one message per subscriber, and so
    // are batches that arrive during a pause.
    private void SendSoon(ImmutableArray<Change> changes)
    {
        if (_waiting.Count == 0 && !_pausing) Self.Tell(new SendDue(), Self);
        _waiting.AddRange(changes);
        _waitingUpTo = _order.Head;
        _waitingTrace ??= SendTrace.OfCurrent();
    }

    private void SendWaiting(TimeSpan paused = default)
    {
        if (_waiting.Count == 0) return;
        var changes = _waiting.ToImmutable();
        _waiting.Clear();
        var told = Send(changes, _waitingUpTo, _waitingTrace);
        _waitingTrace = null;
        var pause = options.Batching.PauseAfter(changes.Length, told, paused);
        if (_pausing || pause == TimeSpan.Zero) return;
        _pausing = true;
        Timers.StartSingleTimer(PauseKey, new PauseOver(pause), pause);
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
        var (log, start) = (reader, _order.BeginSnapshot());
        _read.Start(cancellation => LogSnapshots.ReadHeadAsync(log, start, cancellation));
    }

    private void ReadPage()
    {
        var (log, start, limit) = (reader, _order.BeginSnapshot(), options.PageSize);
        _read.Start(cancellation => LogSnapshots.ReadPageAsync(log, start, limit, cancellation));
    }

    // Not a periodic timer, which would start reads faster than a slow database completes them.
    private void ArmHeadCheck(TimeSpan delay) => Timers.StartSingleTimer(HeadCheckKey, new HeadCheckDue(), delay);
}
