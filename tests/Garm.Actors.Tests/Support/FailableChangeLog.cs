using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Tests.Support;

/// <summary>A change log in memory that fails, or never answers, on command.</summary>
/// <param name="chained">Whether its places have chains, as in the database; otherwise all chains are equal.</param>
internal sealed class FailableChangeLog(bool chained = false) : IChangeLogReader, IChangeLogEpochs
{
    private readonly Lock _lock = new();
    private readonly List<Change> _changes = [];
    private LogEpoch _epoch = Samples.Epoch;
    private long _last;
    private LogChain _chain;
    private TaskCompletionSource _held = Done();
    private int _headReads;
    private int _readsNow;
    private int _pageReads;

    public bool Fails { get; set; }

    /// <summary>Reads begin and never end, even when their token is cancelled.</summary>
    public bool Hangs { get; set; }

    public int HeadReads => Volatile.Read(ref _headReads);

    public int PageReads => Volatile.Read(ref _pageReads);

    /// <summary>The most pages that were read at the same time.</summary>
    public int MostReadsAtOnce { get; private set; }

    /// <summary>Reads of pages wait until <see cref="Release"/>.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held.TrySetResult();

    /// <summary>Commits one transaction with these kinds of change.</summary>
    public ChangeBatch Commit(params EventKind[] kinds) => Commit(kinds.Select(kind => (kind, (string?)null)));

    /// <summary>Commits one change of an entity with this key.</summary>
    public ChangeBatch Commit(EventKind kind, string id) => Commit([(kind, id)]);

    /// <summary>Commits this number of transactions, of one change each.</summary>
    public List<ChangeBatch> CommitMany(int count, EventKind? kind = null) =>
        [.. Enumerable.Range(0, count).Select(_ => Commit(kind ?? Samples.PoolUpdate))];

    /// <summary>Deletes the changes up to a position, as retention does.</summary>
    public void Prune(long upTo)
    {
        lock (_lock) _changes.RemoveAll(c => c.Position.Value <= upTo);
    }

    /// <summary>Switches to another history, which is empty up to a position.</summary>
    public void Become(LogEpoch epoch, long last)
    {
        lock (_lock)
        {
            _changes.Clear();
            (_epoch, _last) = (epoch, last);
        }
    }

    /// <summary>Switches to an older copy of itself.</summary>
    public void Restore(long last)
    {
        lock (_lock)
        {
            _changes.RemoveAll(c => c.Position.Value > last);
            (_last, _chain) = (last, _changes.Count > 0 ? _changes[^1].Chain : default);
        }
    }

    public async Task<LogPlace> ReadHeadAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _headReads);
        await AnswerAsync();
        lock (_lock) return Head;
    }

    public async Task<IReadOnlyList<Change>> ReadAfterAsync(LogPosition after, int limit, CancellationToken cancellation)
    {
        lock (_lock) MostReadsAtOnce = Math.Max(MostReadsAtOnce, ++_readsNow);
        Interlocked.Increment(ref _pageReads);
        await AnswerAsync();
        await _held.Task;
        lock (_lock) _readsNow--;
        lock (_lock) return [.. _changes.Where(c => c.Position > after).Take(limit)];
    }

    public async Task<LogRange> ReadRangeAsync(CancellationToken cancellation)
    {
        await AnswerAsync();
        lock (_lock)
        {
            var earliest = _changes.Count == 0 ? _last : _changes[0].Position.Value - 1;
            return new LogRange(_epoch, new LogPosition(earliest), new LogPosition(_last))
            {
                Chain = _chain,
                EarliestChain = _changes.Count == 0 ? _chain : _changes[0].ChainBefore,
            };
        }
    }

    public async Task<LogPlace> EndAsync(LogEpoch old, CancellationToken cancellation)
    {
        await AnswerAsync();
        lock (_lock)
        {
            if (_epoch == old) _epoch = LogEpoch.NewEpoch();
            return Head;
        }
    }

    private LogPlace Head => new(_epoch, new LogPosition(_last), _chain);

    private ChangeBatch Commit(IEnumerable<(EventKind Kind, string? Id)> changes)
    {
        lock (_lock)
        {
            var batch = Samples.BatchOf([.. changes.Select(c => Samples.Change(++_last, c.Kind, c.Id))], _epoch);
            if (chained) batch = Chain(batch);
            _changes.AddRange(batch.Changes);
            return batch;
        }
    }

    private ChangeBatch Chain(ChangeBatch batch)
    {
        var before = _chain;
        _chain = before.After(batch.CommitId);
        return batch with
        {
            Changes = [.. batch.Changes.Select((x, i) => x with { Chain = _chain, ChainBefore = i == 0 ? before : _chain })],
        };
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task AnswerAsync()
    {
        await Task.Yield();
        if (Hangs) await new TaskCompletionSource().Task;
        if (Fails) throw new InvalidOperationException("The log fails on command.");
    }
}
