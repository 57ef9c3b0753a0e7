using Garm.Contracts.Entities;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Owners;

/// <summary>The entity that a pool or a scale set belongs to.</summary>
internal static class OwningEntities
{
    /// <summary>The repository, organization, enterprise or forge instance that the pool belongs to, which must be loaded.</summary>
    public static RunnerEntity OwningEntity(this Pool pool) =>
        (RunnerEntity?)pool.Repository ?? pool.Organization ?? (RunnerEntity?)pool.Enterprise
        ?? Loaded(pool.ForgeInstance);

    /// <summary>The repository, organization or enterprise that the scale set belongs to, which must be loaded.</summary>
    public static RunnerEntity OwningEntity(this ScaleSet set) =>
        (RunnerEntity?)set.Repository ?? (RunnerEntity?)set.Organization ?? set.Enterprise
        ?? throw new InvalidOperationException("a scale set needs its entity loaded");

    /// <summary>The id of the entity that the pool belongs to.</summary>
    public static Guid? OwnerId(this Pool pool) => pool.RepositoryId ?? pool.OrganizationId ?? pool.EnterpriseId ?? pool.ForgeInstanceId;

    /// <summary>The id of the entity that the scale set belongs to.</summary>
    public static Guid? OwnerId(this ScaleSet set) => set.RepositoryId ?? set.OrganizationId ?? set.EnterpriseId;
}
