using Garm.Data.Files;

namespace Garm.Host;

/// <summary>Removes what crashes left over of files: at the start, and from time to time.</summary>
internal sealed class FileSweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<FileSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await SweepAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var removed = await scope.ServiceProvider.GetRequiredService<FileContentSweep>().RunAsync(cancellation);
            if (removed > 0) logger.LogInformation(HostLogEvents.FilesSwept, "Removed the content of {Count} unfinished files", removed);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Only space is lost; the next time may do.
            logger.LogWarning(HostLogEvents.FilesSwept, e, "Unfinished files could not be removed");
        }
    }
}
