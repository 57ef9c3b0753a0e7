using Garm.Contracts.Events;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Tests.Support;

/// <summary>A change log in memory that fails, or never answers, on command.</summary>
internal sealed class FailableChangeLog : IChangeLogReader
{
    private readonly Lock _lock = new();
    private readonly List<Change> _changes = [];
    private LogEpoch _epoch = Samples.Epoch;
    private long _last;
    private int _headReads;
    private int _pageReads;

    public bool Fails { get; set; }

    /// <summary>Reads begin and do not end, whatever happens to their token.</summary>
    public bool Hangs { get; set; }

    public int HeadReads => Volatile.Read(ref _headReads);

    public int PageReads => Volatile.Read(ref _pageReads);

    /// <summary>Commits one transaction with these kinds of change.</summary>
    public ChangeBatch Commit(params EventKind[] kinds) => Commit(kinds.Select(kind => (kind, (string?)null)));

    /// <summary>Commits one change of an entity with this key.</summary>
    public ChangeBatch Commit(EventKind kind, string id) => Commit([(kind, id)]);

    /// <summary>Commits as many transactions as asked for, of one change each.</summary>
    public List<ChangeBatch> CommitMany(int count, EventKind? kind = null) =>
        [.. Enumerable.Range(0, count).Select(_ => Commit(kind ?? Samples.PoolUpdate))];

    /// <summary>Takes away the changes up to a position, as retention does.</summary>
    public void Prune(long upTo)
    {
        lock (_lock) _changes.RemoveAll(c => c.Position.Value <= upTo);
    }

    /// <summary>Becomes another history, empty up to a position.</summary>
    public void Become(LogEpoch epoch, long last)
    {
        lock (_lock)
        {
            _changes.Clear();
            (_epoch, _last) = (epoch, last);
        }
    }

    public async Task<LogHead> ReadHeadAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _headReads);
        await AnswerAsync();
        lock (_lock) return new LogHead(_epoch, new LogPosition(_last));
    }

    public async Task<IReadOnlyList<Change>> ReadAfterAsync(LogPosition after, int limit, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _pageReads);
        await AnswerAsync();
        lock (_lock) return [.. _changes.Where(c => c.Position > after).Take(limit)];
    }

    private ChangeBatch Commit(IEnumerable<(EventKind Kind, string? Id)> changes)
    {
        lock (_lock)
        {
            var batch = Samples.BatchOf([.. changes.Select(c => Samples.Change(++_last, c.Kind, c.Id))], _epoch);
            _changes.AddRange(batch.Changes);
            return batch;
        }
    }

    private async Task AnswerAsync()
    {
        await Task.Yield();
        if (Hangs) await new TaskCompletionSource().Task;
        if (Fails) throw new InvalidOperationException("The log fails on command.");
    }
}
