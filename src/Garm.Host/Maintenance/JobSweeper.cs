using Garm.Data.Jobs;
using Garm.Host.Logs;

namespace Garm.Host.Maintenance;

/// <summary>
/// Periodically removes jobs that have ended, and jobs that were queued for too long. It does not run at the start: after a long stop,
/// the runner provider reports first what became of the jobs.
/// </summary>
internal sealed class JobSweeper(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobSweeper> logger, JobRetentionOptions options)
    : Sweeper(scopes, clock, logger)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    protected override EventId Event => HostLogEvents.JobsSwept;

    protected override string What => "jobs that have ended or were queued for too long";

    protected override TimeSpan Interval => options.QueuedFor is { } longest && longest < Usual ? longest : Usual;

    protected override bool AtStart => false;

    protected override Task<int> SweepAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<JobRetention>().RunAsync(cancellation);
}
