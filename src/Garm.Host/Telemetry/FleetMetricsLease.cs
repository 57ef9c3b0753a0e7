using Garm.Data.Leases;

namespace Garm.Host.Telemetry;

/// <summary>
/// The lease of the node that exports the fleet's metrics. Dashboards add up the metrics of all nodes, so only one may export what is the
/// same for all. The first node that is scraped takes the lease and renews it with each scrape; it returns the lease when it stops, and
/// the lease expires when the node is no longer scraped.
/// </summary>
internal sealed class FleetMetricsLease(DatabaseLease leases) : IHostedService, IDisposable
{
    /// <summary>The lease's name.</summary>
    public const string LeaseName = "fleet-metrics";

    /// <summary>Longer than the longest usual scrape interval (2 min), so that the lease does not change between scrapes.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(150);

    private readonly string _holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly SemaphoreSlim _one = new(1);
    private LeaseGrant? _grant;

    /// <summary>Whether this node exports the fleet's metrics now; takes or renews the lease.</summary>
    public async Task<bool> IsMineAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_grant is { } held && await leases.RenewAsync(held, LeaseTime, cancellation)) return true;
            _grant = await leases.TryAcquireAsync(LeaseName, _holder, LeaseTime, cancellation);
            return _grant is not null;
        }
        finally
        {
            _one.Release();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_grant is not { } held) return;
        try
        {
            await leases.ReleaseAsync(held, cancellationToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or OperationCanceledException or InvalidOperationException)
        {
            // The database does not answer: the lease expires by itself.
        }
    }

    public void Dispose() => _one.Dispose();
}
