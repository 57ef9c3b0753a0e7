using System.Data.Common;
using Garm.Data.Writes;
using Garm.Host.Logs;

namespace Garm.Host.Health;

/// <summary>
/// Whether a write would work, without writing at each probe: judged by the last writes; when these failed or are long ago, by a test
/// write, at a bounded rate.
/// </summary>
internal sealed class WriteReadiness(WriteHealth health, TestWrite test, ILogger<WriteReadiness> logger)
{
    private string? _told;

    /// <summary>Why a write would fail, as a message; null when it would not.</summary>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellation)
    {
        var verdict = health.Ask();
        if (verdict.NeedsTest)
        {
            await TestAsync(cancellation);
            verdict = health.Ask();
        }

        if (verdict.Obstacle is null && Interlocked.Exchange(ref _told, null) is not null)
            logger.LogInformation(HostLogEvents.WritesFail, "Writes to the database work again");
        return verdict.Obstacle is { } obstacle ? $"writes fail: {obstacle}" : null;
    }

    private async Task TestAsync(CancellationToken cancellation)
    {
        try
        {
            await test.RunAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The test found only that the database is slow; another writer may hold it.
            health.Failed("a write does not complete in time");
        }
        catch (Exception e) when (e is DbException or Microsoft.EntityFrameworkCore.DbUpdateException or InvalidOperationException)
        {
            // A save reports its failure itself; this is for failures before the save.
            if (health.Ask().Obstacle is null) health.Failed("a write fails");
            if (Interlocked.Exchange(ref _told, "told") is null)
                logger.LogWarning(HostLogEvents.WritesFail, e, "Writes to the database fail; reads go on. This node is not ready until one works");
        }
    }
}
