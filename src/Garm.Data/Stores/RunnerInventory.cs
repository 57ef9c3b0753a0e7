namespace Garm.Data.Stores;

/// <summary>
/// Answers for the lists of instances and scale sets while the hub keeps neither: they are empty, but only of what exists.
/// </summary>
public sealed class RunnerInventory(UnitOfWork work)
{
    /// <summary>Refuses to list the instances of an entity that is not there.</summary>
    public Task RequireInstancesOfAsync(EntityKind kind, string entityId, CancellationToken cancellation) =>
        RequireAsync(kind, entityId, $"{EntityTraits.Of(kind).InstancesFailed}: error fetching entity", cancellation);

    /// <summary>Refuses to list the scale sets of an entity that is not there.</summary>
    public Task RequireScaleSetsOfAsync(EntityKind kind, string entityId, CancellationToken cancellation) =>
        RequireAsync(kind, entityId, "error fetching scale sets: error fetching scale sets", cancellation);

    /// <summary>Refuses to list the instances of what cannot be a pool; whether it is one does not count.</summary>
    public static void RequirePoolId(string poolId) => EntityIds.Parse(poolId, "error fetching instances");

    private Task RequireAsync(EntityKind kind, string entityId, string failed, CancellationToken cancellation) =>
        work.ReadAsync(db => EntityLookup.RequireAsync(db, kind, entityId, failed, cancellation), cancellation);
}
