using Garm.Data.Stores;

namespace Garm.Host;

/// <summary>
/// Removes jobs that are history, from time to time. Not at the start: after a long stop, whoever reports jobs is to tell first
/// what became of them.
/// </summary>
internal sealed class JobSweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobSweeper> logger) : BackgroundService
{
    /// <summary>The pause between two looks.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync(stoppingToken);
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var removed = await scope.ServiceProvider.GetRequiredService<JobRetention>().RunAsync(cancellation);
            if (removed > 0) logger.LogInformation(HostLogEvents.JobsSwept, "Removed {Count} jobs that are history", removed);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // They are only history; the next time may do.
            logger.LogWarning(HostLogEvents.JobsSwept, e, "Jobs that are history could not be removed");
        }
    }
}
