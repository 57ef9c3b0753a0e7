using System.Linq.Expressions;
using Garm.Data.Model;

namespace Garm.Data.Owners;

/// <summary>
/// The differences between the kinds: the column by which a pool belongs to one, and the words of GARM's refusals.
/// The words are irregular because GARM's are, and clients see them.
/// </summary>
internal sealed record EntityTraits
{
    private static readonly EntityTraits Repository = new()
    {
        Name = "repository",
        ShortName = "repo",
        UpdateFailed = "error updating repo: error saving repo",
        PoolParamsRefused = "error appending tags to create pool params",
        PoolCreationFailed = "error creating pool",
        InstancesFailed = "error , errfetching instances",
        ExplainsBadId = true,
        DefaultsBootstrapTimeout = true,
        All = db => db.Repositories,
        PoolsOf = id => x => x.RepositoryId == id,
        Own = (pool, owner) => pool.Repository = (Repository)owner,
    };

    private static readonly EntityTraits Organization = new()
    {
        Name = "organization",
        ShortName = "org",
        UpdateFailed = "error updating org: error saving org",
        PoolParamsRefused = "error fetching pool params",
        PoolCreationFailed = "error creating pool",
        ScaleSetsOwner = "organization",
        DeletesUnknownPools = true,
        All = db => db.Organizations,
        PoolsOf = id => x => x.OrganizationId == id,
        Own = (pool, owner) => pool.Organization = (Organization)owner,
    };

    private static readonly EntityTraits Enterprise = new()
    {
        Name = "enterprise",
        ShortName = "enterprise",
        UpdateFailed = "error updating enterprise: error updating enterprise",
        PoolParamsRefused = "failed to append tags to create pool params",
        PoolCreationFailed = "failed to create enterprise pool",
        All = db => db.Enterprises,
        PoolsOf = id => x => x.EnterpriseId == id,
        Own = (pool, owner) => pool.Enterprise = (Enterprise)owner,
    };

    private static readonly EntityTraits ForgeInstance = new()
    {
        Name = "forge instance",
        ShortName = "forge instance",
        OwnerFailed = "failed to get forge instance",
        UpdateFailed = "error updating forge instance: error updating forge instance",
        PoolParamsRefused = "failed to append tags to create pool params",
        PoolCreationFailed = "failed to create forge instance pool",
        All = db => db.ForgeInstances,
        PoolsOf = id => x => x.ForgeInstanceId == id,
        Own = (pool, owner) => pool.ForgeInstance = (ForgeInstance)owner,
    };

    /// <summary>The full name: <c>repository</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name in most messages: <c>repo</c>.</summary>
    public required string ShortName { get; init; }

    /// <summary>The beginning of the refusal when a pool's owner does not exist: GARM says "repo" for most kinds.</summary>
    public string OwnerFailed { get; init; } = "failed to get repo";

    public required string UpdateFailed { get; init; }

    public required string PoolParamsRefused { get; init; }

    public required string PoolCreationFailed { get; init; }

    /// <summary>The kind's name in the refusal to delete an entity with scale sets; the short name by default.</summary>
    public string ScaleSetsOwner
    {
        get => field ?? ShortName;
        init;
    }

    public string InstancesFailed { get; init; } = "error fetching instances";

    /// <summary>Whether the refusal of an invalid id contains the reason.</summary>
    public bool ExplainsBadId { get; init; }

    /// <summary>Whether a new pool with the timeout 0 gets the default; other kinds keep 0.</summary>
    public bool DefaultsBootstrapTimeout { get; init; }

    /// <summary>Whether the deletion of a pool that does not exist succeeds.</summary>
    public bool DeletesUnknownPools { get; init; }

    /// <summary>All entities of the kind.</summary>
    public required Func<GarmDbContext, IQueryable<RunnerEntity>> All { get; init; }

    /// <summary>Whether a pool belongs to the entity.</summary>
    public required Func<Guid, Expression<Func<Pool, bool>>> PoolsOf { get; init; }

    /// <summary>Sets the entity of a pool.</summary>
    public required Action<Pool, RunnerEntity> Own { get; init; }

    /// <summary>The traits of a kind.</summary>
    public static EntityTraits Of(EntityKind kind) => kind switch
    {
        EntityKind.Repository => Repository,
        EntityKind.Organization => Organization,
        EntityKind.Enterprise => Enterprise,
        EntityKind.ForgeInstance => ForgeInstance,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such kind of entity"),
    };
}
