namespace Garm.Host.Maintenance;

/// <summary>
/// Removes something that is no longer wanted, from time to time, in a scope of its own each time. A failure is told and does
/// no harm: the next time may do.
/// </summary>
/// <param name="scopes">Makes the scopes.</param>
/// <param name="clock">When it is time.</param>
/// <param name="logger">Where it is told.</param>
internal abstract class Sweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>What it is about, for the log.</summary>
    protected abstract EventId Event { get; }

    /// <summary>What is removed, in the plural, for the log.</summary>
    protected abstract string What { get; }

    /// <summary>The pause between two times.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Whether the start is such a time too.</summary>
    protected abstract bool AtStart { get; }

    /// <summary>Does it; how many were removed.</summary>
    protected abstract Task<int> SweepAsync(IServiceProvider services, CancellationToken cancellation);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        if (AtStart) await SweepAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync(stoppingToken);
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var removed = await SweepAsync(scope.ServiceProvider, cancellation);
            if (removed > 0) logger.LogInformation(Event, "Removed {Count} {What}", removed, What);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning(Event, e, "Could not remove {What}", What);
        }
    }
}
