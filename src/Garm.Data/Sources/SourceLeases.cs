using Garm.Data.Leases;
using Garm.Log.Sources;

namespace Garm.Data.Sources;

/// <summary>A lease of <c>leases</c> for each source.</summary>
internal sealed class SourceLeases(DatabaseLease leases) : ISourceLeases
{
    private readonly string _holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    public async Task<SourceLease?> TryAcquireAsync(Guid sourceId, TimeSpan timeToLive, CancellationToken cancellation)
    {
        var grant = await leases.TryAcquireAsync(NameOf(sourceId), _holder, timeToLive, cancellation).ConfigureAwait(false);
        return grant is { } held ? new SourceLease(sourceId, held.Holder, held.FencingToken) : null;
    }

    public Task<bool> RenewAsync(SourceLease lease, TimeSpan timeToLive, CancellationToken cancellation) =>
        leases.RenewAsync(GrantOf(lease), timeToLive, cancellation);

    public Task ReleaseAsync(SourceLease lease, CancellationToken cancellation) => leases.ReleaseAsync(GrantOf(lease), cancellation);

    /// <summary>The lease as the table has it.</summary>
    public static LeaseGrant GrantOf(SourceLease lease) => new(NameOf(lease.SourceId), lease.Holder, lease.Token);

    private static string NameOf(Guid sourceId) => $"source-{sourceId:N}";
}
