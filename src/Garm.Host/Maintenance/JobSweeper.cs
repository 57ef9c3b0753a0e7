using Garm.Data.Jobs;
using Garm.Host.Logs;

namespace Garm.Host.Maintenance;

/// <summary>
/// Removes jobs that are history, and those that were queued for too long, from time to time. Not at the start: after a long stop, whoever reports jobs is to tell first
/// what became of them.
/// </summary>
internal sealed class JobSweeper(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobSweeper> logger, JobRetentionOptions options)
    : Sweeper(scopes, clock, logger)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    protected override EventId Event => HostLogEvents.JobsSwept;

    protected override string What => "jobs that are history or were queued for too long";

    protected override TimeSpan Interval => options.QueuedFor is { } longest && longest < Usual ? longest : Usual;

    protected override bool AtStart => false;

    protected override Task<int> SweepAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<JobRetention>().RunAsync(cancellation);
}
