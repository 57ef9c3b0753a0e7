using Garm.Data.Files;
using Garm.Host.Logs;

namespace Garm.Host.Maintenance;

/// <summary>Removes the contents of uploads that were never completed.</summary>
internal sealed class FileSweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<FileSweeper> logger)
    : Sweeper(scopes, clock, logger)
{
    protected override EventId Event => HostLogEvents.FilesSwept;

    protected override string What => "contents of unfinished files";

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override bool AtStart => true;

    protected override Task<int> SweepAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<FileContentSweep>().RunAsync(cancellation);
}
