using System.Text;
using Garm.Contracts.Events;
using Garm.Log;

namespace TestKitScenarios;

/// <summary>A change log in memory: what the actors read instead of the database.</summary>
public sealed class MemoryLog : IChangeLogReader, IChangeLogEpochs
{
    private readonly Lock _lock = new();
    private readonly List<Change> _changes = [];
    private readonly LogEpoch _epoch = LogEpoch.NewEpoch();

    /// <summary>Appends one commit with one change.</summary>
    public ChangeBatch Commit(EntityType type, ChangeOperation operation, string id, string payload)
    {
        lock (_lock)
        {
            var change = new Change(
                new LogPosition(_changes.Count + 1), type, operation, id, Encoding.UTF8.GetBytes(payload), DateTimeOffset.UnixEpoch);
            _changes.Add(change);
            return new ChangeBatch(_epoch, Guid.NewGuid(), [change]);
        }
    }

    public Task<LogPlace> ReadHeadAsync(CancellationToken cancellation) => Task.FromResult(Head());

    public Task<LogRange> ReadRangeAsync(CancellationToken cancellation) =>
        Task.FromResult(new LogRange(_epoch, LogPosition.Origin, Head().Position));

    public Task<IReadOnlyList<Change>> ReadAfterAsync(LogPosition after, int limit, CancellationToken cancellation)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<Change>>([.. _changes.Skip((int)after.Value).Take(limit)]);
    }

    public Task<LogPlace> EndAsync(LogEpoch old, CancellationToken cancellation) => Task.FromResult(Head());

    private LogPlace Head()
    {
        lock (_lock) return new LogPlace(_epoch, new LogPosition(_changes.Count));
    }
}
