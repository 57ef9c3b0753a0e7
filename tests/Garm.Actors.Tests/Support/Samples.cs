using System.Collections.Immutable;
using System.Text;
using Garm.Actors.Changes;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Tests.Support;

/// <summary>Changes to try things with.</summary>
internal static class Samples
{
    public static readonly LogEpoch Epoch = new("0123456789abcdef");

    public static readonly LogEpoch OtherEpoch = new("fedcba9876543210");

    public static readonly EventKind PoolUpdate = new(EntityType.Pool, ChangeOperation.Update);

    public static readonly EventKind InstanceCreate = new(EntityType.Instance, ChangeOperation.Create);

    public static Change Change(long position, EventKind? kind = null, string? id = null)
    {
        var (type, operation) = kind ?? PoolUpdate;
        var payload = Encoding.UTF8.GetBytes($$"""{"id":{{position}}}""");
        return new Change(new LogPosition(position), type, operation, id ?? $"{position}", payload, DateTimeOffset.UnixEpoch);
    }

    public static RelayedChange Relayed(this Change change, LogEpoch? epoch = null) => new(change, epoch ?? Epoch);

    public static ChangeBatch Batch(long first, int count = 1, EventKind? kind = null, LogEpoch? epoch = null) =>
        BatchOf([.. Enumerable.Range(0, count).Select(i => Change(first + i, kind))], epoch);

    public static ChangeBatch BatchOf(ImmutableArray<Change> changes, LogEpoch? epoch = null) =>
        new(epoch ?? Epoch, Guid.NewGuid(), changes);

    public static EventKinds Kinds(params EventKind[] kinds) => kinds.Aggregate(EventKinds.None, (set, kind) => set.With(kind));

    public static EventKinds KindsOf(EntityType type) => new EntityEventFilter(type, []).Kinds;

    public static LogPlace Head(long last, LogEpoch? epoch = null) => new(epoch ?? Epoch, new LogPosition(last));

    public static IEnumerable<long> Positions(this IEnumerable<Change> changes) => changes.Select(c => c.Position.Value);
}
