using System.Linq.Expressions;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Jobs;

/// <summary>
/// The entities whose webhooks reported a job, and what happens to the job when they are deleted. A completed job outlives them and is
/// not changed, as recorded (<c>webhook-job-life</c>): each view looks up which of its entities are gone. A job that is not completed
/// loses the deleted entity, and is deleted with the last one, since its end would never be reported; each of these is an event.
/// </summary>
internal static class JobOwners
{
    /// <summary>The job's entity of a kind; null for none.</summary>
    public static Guid? Get(Job job, EntityKind kind) => kind switch
    {
        EntityKind.Repository => job.RepositoryId,
        EntityKind.Organization => job.OrganizationId,
        EntityKind.Enterprise => job.EnterpriseId,
        EntityKind.ForgeInstance => job.ForgeInstanceId,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such kind of entity"),
    };

    /// <summary>Sets or clears the job's entity of a kind.</summary>
    public static void Set(Job job, EntityKind kind, Guid? id)
    {
        switch (kind)
        {
            case EntityKind.Repository: job.RepositoryId = id; break;
            case EntityKind.Organization: job.OrganizationId = id; break;
            case EntityKind.Enterprise: job.EnterpriseId = id; break;
            case EntityKind.ForgeInstance: job.ForgeInstanceId = id; break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such kind of entity");
        }
    }

    /// <summary>All entities of the job.</summary>
    public static IReadOnlyList<Guid> All(Job job) =>
        [.. new[] { job.RepositoryId, job.OrganizationId, job.EnterpriseId, job.ForgeInstanceId }.OfType<Guid>()];

    /// <summary>Removes an entity that is being deleted from its jobs.</summary>
    public static async Task LeaveAsync(GarmDbContext db, CommitRules rules, EntityKind kind, Guid id, CancellationToken cancellation)
    {
        var open = await db.Jobs.Include(x => x.Runners).Where(IsOpen(kind, id)).OrderBy(x => x.Id).ToListAsync(cancellation);
        foreach (var job in open)
        {
            if (All(job).Count == 1)
            {
                JobRunners.Remove(db, job);
                continue;
            }

            Set(job, kind, null);
            if (job.LockedBy == id) job.LockedBy = Guid.Empty;
        }

        // A job that was reported in the meantime would be left over: the deletion starts over.
        rules.Add(async () =>
        {
            if (await db.Jobs.AnyAsync(IsOpen(kind, id), cancellation))
                throw new DbUpdateConcurrencyException($"a job came for {id:D} while it was deleted");
        });
    }

    /// <summary>Whether the entity exists. If it does, it must still exist at the commit: no job may be stored for a deleted entity.</summary>
    public static async Task<bool> IsThereAsync(GarmDbContext db, CommitRules rules, EntityKind kind, Guid id, CancellationToken cancellation)
    {
        if (!await EntityTraits.Of(kind).All(db).AnyAsync(x => x.Id == id, cancellation)) return false;
        Keep(db, rules, kind, id, cancellation);
        return true;
    }

    /// <summary>The entity was found, and must still exist at the commit.</summary>
    public static void Keep(GarmDbContext db, CommitRules rules, EntityKind kind, Guid id, CancellationToken cancellation) => rules.Add(async () =>
    {
        if (!await JobOwnerQueries.IsThereAsync(db, kind, id, cancellation))
            throw new DbUpdateConcurrencyException($"{id:D} was deleted while a job came for it");
    });

    /// <summary>Sets on each job which of its owners are gone.</summary>
    public static async Task MarkGoneAsync(GarmDbContext db, IReadOnlyCollection<Job> jobs, CancellationToken cancellation)
    {
        var gone = new HashSet<Guid>();
        await AddGoneAsync(db.Repositories, jobs.Select(x => x.RepositoryId), gone, cancellation).ConfigureAwait(false);
        await AddGoneAsync(db.Organizations, jobs.Select(x => x.OrganizationId), gone, cancellation).ConfigureAwait(false);
        await AddGoneAsync(db.Enterprises, jobs.Select(x => x.EnterpriseId), gone, cancellation).ConfigureAwait(false);
        await AddGoneAsync(db.ForgeInstances, jobs.Select(x => x.ForgeInstanceId), gone, cancellation).ConfigureAwait(false);
        foreach (var job in jobs) job.GoneOwners = gone;
    }

    private static Expression<Func<Job, bool>> IsOpen(EntityKind kind, Guid id) => kind switch
    {
        EntityKind.Repository => x => x.RepositoryId == id && x.Status != JobStatuses.Completed,
        EntityKind.Organization => x => x.OrganizationId == id && x.Status != JobStatuses.Completed,
        EntityKind.Enterprise => x => x.EnterpriseId == id && x.Status != JobStatuses.Completed,
        EntityKind.ForgeInstance => x => x.ForgeInstanceId == id && x.Status != JobStatuses.Completed,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such kind of entity"),
    };

    // An entity that the context tracks was read by the same write, and needs no second query.
    private static async Task AddGoneAsync<T>(
        DbSet<T> all, IEnumerable<Guid?> wanted, HashSet<Guid> gone, CancellationToken cancellation)
        where T : RunnerEntity
    {
        var ids = wanted.OfType<Guid>().Distinct().Where(x => all.Local.FindEntry(x) is not { State: EntityState.Unchanged }).ToList();
        if (ids.Count == 0) return;
        var found = await all.Where(x => ids.Contains(x.Id)).Select(x => x.Id).ToListAsync(cancellation).ConfigureAwait(false);
        gone.UnionWith(ids.Except(found));
    }
}
