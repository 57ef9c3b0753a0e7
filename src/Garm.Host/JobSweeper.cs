using Garm.Data.Stores;

namespace Garm.Host;

/// <summary>
/// Removes jobs that are history, from time to time. Not at the start: after a long stop, whoever reports jobs is to tell first
/// what became of them.
/// </summary>
internal sealed class JobSweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobSweeper> logger)
    : Sweeper(scopes, clock, logger)
{
    protected override EventId Event => HostLogEvents.JobsSwept;

    protected override string What => "jobs that are history";

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override bool AtStart => false;

    protected override Task<int> SweepAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<JobRetention>().RunAsync(cancellation);
}
