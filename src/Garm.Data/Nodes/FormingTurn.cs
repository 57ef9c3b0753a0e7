using System.Collections.Concurrent;
using Garm.Data.Leases;
using Garm.Log.Nodes;

namespace Garm.Data.Nodes;

/// <summary>The turn to form the first cluster as a lease in the database.</summary>
public sealed class FormingTurn(DatabaseLease lease) : IFormingTurn
{
    private const string LeaseName = "form-cluster";

    // The grants of this process. Renewing one shows whether it has ended.
    private readonly ConcurrentDictionary<NodeId, LeaseGrant> _held = new();

    /// <inheritdoc />
    public async Task<bool> TryTakeAsync(NodeId id, TimeSpan length, CancellationToken cancellation)
    {
        if (_held.TryGetValue(id, out var held))
        {
            if (await lease.RenewAsync(held, length, cancellation).ConfigureAwait(false)) return true;
            _held.TryRemove(id, out _);
        }

        if (await lease.TryAcquireAsync(LeaseName, id.ToString(), length, cancellation).ConfigureAwait(false) is not { } grant)
            return false;
        _held[id] = grant;
        return true;
    }

    /// <inheritdoc />
    public Task ReturnAsync(NodeId id, CancellationToken cancellation) => _held.TryRemove(id, out var held)
        ? lease.ReleaseAsync(held, cancellation)
        : Task.CompletedTask;
}
