using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Jobs;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Secrets;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Runners;

/// <summary>
/// The operations on runners. Reading and requesting a deletion are as in GARM; the runner provider creates and updates
/// them (see <c>docs/runners.md</c>).
/// </summary>
public sealed class InstanceStore(UnitOfWork work, SecretSealer sealer)
{
    private const string CreateFailed = "error creating instance";
    private const string UpdateFailed = "error updating instance";

    /// <summary>One runner.</summary>
    public Task<InstanceView> GetAsync(string name, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var instance = await InstanceLookup.RequireAsync(InstanceQueries.Whole(db), name, cancellation);
            await JobOwners.MarkGoneAsync(db, instance.Job is { } job ? [job] : [], cancellation);
            return instance.ToView();
        },
        cancellation);

    /// <summary>Creates a runner in a pool.</summary>
    public Task<InstanceView> CreateInPoolAsync(string poolId, CreateInstanceRequest request, CancellationToken cancellation)
    {
        const string failed = $"{CreateFailed}: error fetching pool";
        var id = EntityIds.Parse(poolId, failed);
        return work.WriteAsync(
            async (db, rules) =>
            {
                var pool = await db.Pools.SingleOrDefaultAsync(x => x.Id == id, cancellation)
                    ?? throw GarmException.NotFound($"{failed}: not found");
                await RequireRoomAsync(1);
                rules.Add(() => RequireRoomAsync(0));
                var instance = await NewAsync(db, request, pool.RunnerPrefix, pool.OwnerId(), cancellation);
                instance.Pool = pool;
                instance.OsType = pool.OsType;
                instance.OsArch = pool.OsArch;
                instance.GithubRunnerGroup = pool.GithubRunnerGroup;
                instance.Generation = pool.Generation;
                return instance;

                async Task RequireRoomAsync(int more)
                {
                    // Reads the limit again too. A deleted pool has none: the write itself fails, and starts over.
                    var now = await db.Pools.Where(x => x.Id == id)
                        .Select(x => new { x.MaxRunners, Runners = x.Instances.Count }).SingleOrDefaultAsync(cancellation);
                    if (now?.Runners + more > now?.MaxRunners)
                        throw GarmException.Conflict($"{CreateFailed}: max runners reached for pool {pool.Id:D}");
                }
            },
            x => x.ToView(),
            cancellation);
    }

    /// <summary>Creates a runner in a scale set.</summary>
    public Task<InstanceView> CreateInScaleSetAsync(long id, CreateInstanceRequest request, CancellationToken cancellation) =>
        work.WriteAsync(
            async (db, rules) =>
            {
                var set = await db.ScaleSets.SingleOrDefaultAsync(x => x.Id == id, cancellation)
                    ?? throw GarmException.NotFound($"{CreateFailed}: error fetching scale set: not found");
                await RequireRoomAsync(1);
                rules.Add(() => RequireRoomAsync(0));
                var instance = await NewAsync(db, request, set.RunnerPrefix, set.OwnerId(), cancellation);
                instance.ScaleSet = set;
                instance.OsType = set.OsType;
                instance.OsArch = set.OsArch;
                instance.GithubRunnerGroup = set.GithubRunnerGroup;
                instance.Generation = set.Generation;
                return instance;

                async Task RequireRoomAsync(int more)
                {
                    var now = await db.ScaleSets.Where(x => x.Id == id)
                        .Select(x => new { x.MaxRunners, Runners = x.Instances.Count }).SingleOrDefaultAsync(cancellation);
                    if (now?.Runners + more > now?.MaxRunners)
                        throw GarmException.Conflict($"{CreateFailed}: max runners reached for scale set {set.Id}");
                }
            },
            x => x.ToView(),
            cancellation);

    /// <summary>
    /// Updates a runner. <c>deleted</c> is the last state: a pool's runner is deleted at once, a scale set's is first shown as deleted and
    /// then deleted, as in GARM. Its job is deleted with it, and the job that it was created for is unlocked.
    /// </summary>
    public async Task<InstanceView> UpdateAsync(string name, UpdateInstanceRequest request, CancellationToken cancellation)
    {
        var jit = InstanceRules.Seal(sealer, request.JitConfiguration, UpdateFailed);
        var token = InstanceRules.Seal(sealer, request.RegistrationToken, UpdateFailed);
        var ends = request.Status == InstanceStatuses.Deleted;
        var view = await work.WriteAsync(
            async (db, rules) =>
            {
                var instance = await InstanceLookup.RequireAsync(InstanceQueries.Whole(db), name, cancellation);
                InstanceRules.Validate(instance, request, UpdateFailed, namesAccepted: true);
                InstanceRules.Apply(instance, request);
                instance.SealedJitConfiguration = jit ?? instance.SealedJitConfiguration;
                instance.SealedRegistrationToken = token ?? instance.SealedRegistrationToken;
                if (token is not null) instance.TokenFetched = false;
                if (ends && instance.PoolId is not null) await JobRunners.RemoveAsync(db, rules, instance, cancellation);
                else db.Touch(instance);
                return instance;
            },
            x => x.ToView(),
            cancellation).ConfigureAwait(false);
        if (ends && view.PoolId is null) await RemoveAsync(view.Name!, cancellation).ConfigureAwait(false);
        return view;
    }

    /// <summary>Marks a runner for deletion; its provider removes it.</summary>
    /// <param name="name">The runner.</param>
    /// <param name="force">Whether to ignore the provider's errors.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task DeleteAsync(string name, bool force, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var instance = await InstanceLookup.RequireAsync(InstanceQueries.Whole(db), name, cancellation);
            InstanceRules.RequireDeletable(instance);
            var request = new UpdateInstanceRequest
            {
                Status = force ? InstanceStatuses.PendingForceDelete : InstanceStatuses.PendingDelete,
            };
            InstanceRules.Validate(instance, request, $"error updating runner state: {UpdateFailed}", namesAccepted: false);
            InstanceRules.Apply(instance, request);
            db.Touch(instance);
        },
        cancellation);

    private async Task<Instance> NewAsync(
        GarmDbContext db, CreateInstanceRequest request, string prefix, Guid? owner, CancellationToken cancellation)
    {
        var name = InstanceRules.NameOf(request, prefix);
        if (await db.Instances.AnyAsync(x => x.Name == name, cancellation))
            throw GarmException.Conflict($"{CreateFailed}: an instance with the name {name} already exists");
        if (request.JobId is { } jobId) await LockAsync(db, jobId, owner ?? Guid.Empty, cancellation);
        var instance = new Instance
        {
            Id = Guid.NewGuid(),
            Name = name,
            AgentId = request.AgentId ?? 0,
            SealedJitConfiguration = InstanceRules.Seal(sealer, request.JitConfiguration, CreateFailed),
            SealedRegistrationToken = InstanceRules.Seal(sealer, request.RegistrationToken, CreateFailed),
            InResponseToJobId = request.JobId,
        };
        db.Instances.Add(instance);
        return instance;
    }

    private static async Task LockAsync(GarmDbContext db, long jobId, Guid owner, CancellationToken cancellation)
    {
        var job = await db.Jobs.SingleOrDefaultAsync(x => x.Id == jobId, cancellation)
            ?? throw GarmException.NotFound($"{CreateFailed}: there is no job {jobId}");
        if (job.Status != JobStatuses.Queued)
            throw GarmException.Conflict($"{CreateFailed}: job {jobId} is {job.Status}; a runner can be created only for a queued job");
        if (job.LockedBy != Guid.Empty && job.LockedBy != owner)
            throw GarmException.Conflict($"{CreateFailed}: job is locked by another entity {job.LockedBy:D}");
        job.LockedBy = owner;
    }

    private Task RemoveAsync(string name, CancellationToken cancellation) => work.WriteAsync(
        async (db, rules) =>
        {
            if (await InstanceQueries.Whole(db).SingleOrDefaultAsync(x => x.Name == name, cancellation) is { } instance)
                await JobRunners.RemoveAsync(db, rules, instance, cancellation);
        },
        cancellation);
}
