using Akka.Actor;
using Akka.Event;
using Garm.Actors.Telemetry;
using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>Writing the mirror, the lease and the status.</summary>
internal sealed partial class SourceActor
{
    private SourceReport? _reported;
    private SourceReport? _reporting;
    private string _warned = "";
    private DateTimeOffset _warnedAt;
    private bool _isRenewing;
    private string? _writeFailure;

    private void Enqueue(MirrorChange change, ulong fingerprint)
    {
        _queue.Add(new QueuedChange(change, fingerprint, Now));
        if (_queue.TakeBatch()) WriteBatch();
    }

    private void WriteBatch()
    {
        _gauge.Oldest = _queue.Oldest;
        var (mirror, lease, name, stop) = (_ports.Mirror, _lease, _settings.Name, _stopped.Token);
        var changes = _queue.Batch.Select(x => x.Change).ToList();
        WriteAsync(mirror, lease, name, changes, stop)
            .PipeTo(Self, success: x => new BatchWritten(x), failure: e => new BatchFailed(e));
    }

    private static async Task<MirrorWritten?> WriteAsync(
        ISourceMirror mirror, SourceLease lease, string name, IReadOnlyList<MirrorChange> changes, CancellationToken stop) =>
        await mirror.WriteAsync(lease, name, changes, stop).ConfigureAwait(false);

    private void OnWritten(MirrorWritten written)
    {
        if (_failures.Recover() is > 0 and var failures)
            _log.Warning("What the source {0} sent is written again, after {1} failures", _settings.Name, failures);
        _writeFailure = null;
        UpdateIndex(written);
        CountRepairs(written);
        _queue.EndBatch();
        _gauge.Entities = _index.Count;
        if (_queue.TakeBatch()) WriteBatch();
        else _gauge.Oldest = null;
        if (_queue.Count < ListAhead)
        {
            foreach (var part in _waitingParts) part.TrySetResult();
            _waitingParts.Clear();
        }

        while (_afterWrites.Count > 0 && _afterWrites[0].Added <= _queue.Done)
        {
            var then = _afterWrites[0].Then;
            _afterWrites.RemoveAt(0);
            then();
        }
    }

    // By the batch, and not by what this attempt wrote: the one before may have been written without an answer.
    private void UpdateIndex(MirrorWritten written)
    {
        foreach (var key in written.Updated) _index.Add(key);
        foreach (var (change, fingerprint, _) in _queue.Batch)
        {
            if (change.IsDeletion) _index.Remove(change.Key);
            else if (!_index.Has(change.Key)) _index.Add(change.Key);
            if (fingerprint != 0) _index.Verify(change.Key, fingerprint);
        }
    }

    private void CountRepairs(MirrorWritten written)
    {
        // Until the first list is through everything comes from it.
        if (_lastList is null || _settings.IsLeaving || written.Count == 0) return;
        var listed = _queue.Batch.Where(x => x.Change.IsListed).Select(x => x.Change.Key).ToHashSet();
        var repairs = written.Created.Concat(written.Updated).Concat(written.Deleted).Count(listed.Contains);
        _repairs += repairs;
        if (repairs > 0) SourceTelemetry.Repaired(_settings.Name, repairs);
    }

    private void OnWriteFailed(Exception cause)
    {
        if (_stopped.IsCancellationRequested) return;
        var (pause, warn) = _failures.Fail(Now);
        if (warn) _log.Warning(cause, "What the source {0} sent cannot be written ({1} failures in a row)", _settings.Name, _failures.Count);
        _writeFailure = $"what it sent cannot be written, and is tried again: {cause.Message}";
        Timers.StartSingleTimer(nameof(WriteAgainDue), new WriteAgainDue(), pause);
    }

    /// <summary>Does it once all that waits now is written.</summary>
    private void AfterWrites(Action then)
    {
        if (_queue.Done >= _queue.Added) then();
        else _afterWrites.Add((_queue.Added, then));
    }

    private void TakeWhenRoom(TaskCompletionSource taken)
    {
        if (_queue.Count < ListAhead) taken.TrySetResult();
        else _waitingParts.Add(taken);
    }

    private void RenewLease()
    {
        Tell();
        if (_isRenewing || _isStopping) return;
        _isRenewing = true;
        _ports.Leases.RenewAsync(_lease, _options.LeaseTime, _stopped.Token)
            .PipeTo(Self, success: x => new LeaseAnswered(x), failure: e => new LeaseUnanswered(e));
    }

    private void OnLeaseMessage(object message)
    {
        switch (message)
        {
            case LeaseAnswered:
                _isRenewing = false;
                break;
            case LeaseUnanswered:
                // If the lease has ended meanwhile, the next renewal fails; nothing is written without a lease.
                _isRenewing = false;
                break;
            case Reported reported:
                (_reported, _reporting) = (reported.Report, null);
                if (Report() is var now && (now.State, now.Message) != (_reported.State, _reported.Message)) Tell();
                break;
            case ReportFailed:
                _reporting = null; // The next renewal tells it again.
                break;
        }
    }

    /// <summary>Tells the operator how it goes, where that has changed.</summary>
    private void Tell()
    {
        _gauge.IsUp = _machine.IsOpen;
        var report = Report();
        Warn(report);
        if (_reporting is not null || report == _reported || _isStopping || _settings.IsLeaving) return;
        _reporting = report;
        _ports.Registry.ReportAsync(_lease, report, _stopped.Token)
            .PipeTo(Self, success: x => new Reported(report, x), failure: e => new ReportFailed(e));
    }

    private SourceReport Report() => new(
        _writeFailure is null ? _machine.State : SourceStates.Retrying, _writeFailure ?? _machine.Message)
    {
        ControllerId = _machine.ControllerId,
        Version = _machine.Version,
        Node = _options.Node(),
        Entities = _index.Count,
        Repairs = _repairs,
        LastEventAt = _lastEvent,
        LastListAt = _lastList,
    };

    private void Warn(SourceReport report)
    {
        if (report.State == SourceStates.Retrying)
        {
            if (report.Message == _warned && Now - _warnedAt < _options.Retry.WarnEvery * 10) return;
            (_warned, _warnedAt) = (report.Message, Now);
            _log.Warning("The source {0} is tried again: {1}", _settings.Name, report.Message);
        }
        else if (report.State == SourceStates.Synced && _warned.Length > 0)
        {
            _warned = "";
            _log.Warning("The source {0} is mirrored again", _settings.Name);
        }
    }
}
