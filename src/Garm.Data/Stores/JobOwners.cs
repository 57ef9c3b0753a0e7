using Garm.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Stores;

/// <summary>
/// Finds out which entities of a job are gone. A job outlives them and is not changed when they go, so that what it shows
/// of them is asked for each time.
/// </summary>
internal static class JobOwners
{
    /// <summary>Says on each job which of its owners are gone.</summary>
    public static async Task MarkGoneAsync(GarmDbContext db, IReadOnlyCollection<Job> jobs, CancellationToken cancellation)
    {
        var gone = new HashSet<Guid>();
        await AddGoneAsync(db.Repositories, jobs.Select(x => x.RepositoryId), gone, cancellation).ConfigureAwait(false);
        await AddGoneAsync(db.Organizations, jobs.Select(x => x.OrganizationId), gone, cancellation).ConfigureAwait(false);
        await AddGoneAsync(db.Enterprises, jobs.Select(x => x.EnterpriseId), gone, cancellation).ConfigureAwait(false);
        await AddGoneAsync(db.ForgeInstances, jobs.Select(x => x.ForgeInstanceId), gone, cancellation).ConfigureAwait(false);
        foreach (var job in jobs) job.GoneOwners = gone;
    }

    private static async Task AddGoneAsync<T>(
        IQueryable<T> all, IEnumerable<Guid?> wanted, HashSet<Guid> gone, CancellationToken cancellation)
        where T : RunnerEntity
    {
        var ids = wanted.OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0) return;
        var found = await all.Where(x => ids.Contains(x.Id)).Select(x => x.Id).ToListAsync(cancellation).ConfigureAwait(false);
        gone.UnionWith(ids.Except(found));
    }
}
