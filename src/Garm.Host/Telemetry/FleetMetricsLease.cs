using Garm.Data.Leases;

namespace Garm.Host.Telemetry;

/// <summary>
/// Whose turn it is to show the fleet: boards add up what the nodes show, so one node shows what all of them know. The node that is
/// scraped first takes a lease and keeps it with each scrape; when it stops it gives it back, and when it is not scraped any more
/// the lease ends, and the next node that is scraped takes it.
/// </summary>
internal sealed class FleetMetricsLease(DatabaseLease leases) : IHostedService, IDisposable
{
    /// <summary>The lease's name.</summary>
    public const string LeaseName = "fleet-metrics";

    /// <summary>Longer than Prometheus' longest interval that makes sense (2 min), so that the turn does not wander between scrapes.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(150);

    private readonly string _holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly SemaphoreSlim _one = new(1);
    private LeaseGrant? _grant;

    /// <summary>Whether this node shows the fleet now.</summary>
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
            // The database is away: the lease ends by itself.
        }
    }

    public void Dispose() => _one.Dispose();
}
