namespace Garm.Host.Maintenance;

/// <summary>
/// Periodically removes something that is no longer needed, each time in a new scope. A failure is logged and retried at the next
/// time.
/// </summary>
/// <param name="scopes">Creates the scopes.</param>
/// <param name="clock">The clock of the timer.</param>
/// <param name="logger">The log.</param>
internal abstract class Sweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>The id of its log messages.</summary>
    protected abstract EventId Event { get; }

    /// <summary>What is removed, in the plural, for the log.</summary>
    protected abstract string What { get; }

    /// <summary>The pause between two runs.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Whether it also runs at the start.</summary>
    protected abstract bool AtStart { get; }

    /// <summary>Removes; returns how many were removed.</summary>
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
