using Garm.Data.Engines;
using Garm.Data.Model;
using Garm.Data.Owners;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Jobs;

/// <summary>How a delivery and its job are recognised.</summary>
/// <param name="DeliveryId">The forge's id of the delivery; empty for none.</param>
/// <param name="ForgeUrl">The forge of the job.</param>
/// <param name="WorkflowJobId">The forge's number of the job.</param>
/// <param name="StartedAt">When the job began; null when the delivery does not say it.</param>
internal readonly record struct DeliveryKey(string DeliveryId, string ForgeUrl, long WorkflowJobId, DateTime? StartedAt);

/// <summary>What the database has of a delivery and its job.</summary>
/// <param name="Owner">The delivery's entity.</param>
/// <param name="IsTaken">Whether the delivery came before.</param>
/// <param name="HasJob">Whether the job is stored.</param>
/// <param name="HasEnded">Whether an earlier delivery reported the job's end.</param>
/// <param name="Newest">The newest stored delivery; null when there is none.</param>
/// <param name="Oldest">The oldest stored delivery.</param>
/// <param name="OldestAt">When the oldest one came.</param>
internal sealed record KnownDelivery(
    RunnerEntity Owner, bool IsTaken, bool HasJob, bool HasEnded, long? Newest, long? Oldest, DateTime? OldestAt);

/// <summary>The queries of a webhook delivery about the entity that it came for. They are compiled, because deliveries come in bursts.</summary>
internal static class JobOwnerQueries
{
    /// <summary>What is known of a delivery; null when its entity is gone.</summary>
    public static Task<KnownDelivery?> FindAsync(
        GarmDbContext db, EntityKind kind, Guid id, DeliveryKey key, CancellationToken cancellation) => kind switch
        {
            EntityKind.Repository => Of<Repository>.Delivery.For(db)(db, id, key, cancellation),
            EntityKind.Organization => Of<Organization>.Delivery.For(db)(db, id, key, cancellation),
            EntityKind.Enterprise => Of<Enterprise>.Delivery.For(db)(db, id, key, cancellation),
            EntityKind.ForgeInstance => Of<ForgeInstance>.Delivery.For(db)(db, id, key, cancellation),
            _ => throw Unknown(kind),
        };

    /// <summary>Whether the entity exists.</summary>
    public static Task<bool> IsThereAsync(GarmDbContext db, EntityKind kind, Guid id, CancellationToken cancellation) => kind switch
    {
        EntityKind.Repository => Of<Repository>.IsThere.For(db)(db, id, cancellation),
        EntityKind.Organization => Of<Organization>.IsThere.For(db)(db, id, cancellation),
        EntityKind.Enterprise => Of<Enterprise>.IsThere.For(db)(db, id, cancellation),
        EntityKind.ForgeInstance => Of<ForgeInstance>.IsThere.For(db)(db, id, cancellation),
        _ => throw Unknown(kind),
    };

    /// <summary>The lower-case tags of each enabled pool of the entity.</summary>
    public static IAsyncEnumerable<List<string>> TagsOfPools(GarmDbContext db, EntityKind kind, Guid id) => kind switch
    {
        EntityKind.Repository => TagsOfRepository.For(db)(db, id),
        EntityKind.Organization => TagsOfOrganization.For(db)(db, id),
        EntityKind.Enterprise => TagsOfEnterprise.For(db)(db, id),
        EntityKind.ForgeInstance => TagsOfForgeInstance.For(db)(db, id),
        _ => throw Unknown(kind),
    };

    private static readonly CompiledQuery<Func<GarmDbContext, Guid, IAsyncEnumerable<List<string>>>> TagsOfRepository = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, Guid id) => db.Pools.Where(x => x.RepositoryId == id && x.Enabled)
            .OrderBy(x => x.Id).Select(x => x.Tags.Select(y => y.Tag!.NormalizedName).ToList())));

    private static readonly CompiledQuery<Func<GarmDbContext, Guid, IAsyncEnumerable<List<string>>>> TagsOfOrganization = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, Guid id) => db.Pools.Where(x => x.OrganizationId == id && x.Enabled)
            .OrderBy(x => x.Id).Select(x => x.Tags.Select(y => y.Tag!.NormalizedName).ToList())));

    private static readonly CompiledQuery<Func<GarmDbContext, Guid, IAsyncEnumerable<List<string>>>> TagsOfEnterprise = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, Guid id) => db.Pools.Where(x => x.EnterpriseId == id && x.Enabled)
            .OrderBy(x => x.Id).Select(x => x.Tags.Select(y => y.Tag!.NormalizedName).ToList())));

    private static readonly CompiledQuery<Func<GarmDbContext, Guid, IAsyncEnumerable<List<string>>>> TagsOfForgeInstance = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, Guid id) => db.Pools.Where(x => x.ForgeInstanceId == id && x.Enabled)
            .OrderBy(x => x.Id).Select(x => x.Tags.Select(y => y.Tag!.NormalizedName).ToList())));

    private static ArgumentOutOfRangeException Unknown(EntityKind kind) => new(nameof(kind), kind, "there is no such kind of entity");

    private static class Of<T>
        where T : RunnerEntity
    {
        public static readonly CompiledQuery<Func<GarmDbContext, Guid, DeliveryKey, CancellationToken, Task<KnownDelivery?>>> Delivery = new(() =>
        {
            var find = EF.CompileAsyncQuery(
                (GarmDbContext db, Guid id, string deliveryId, string forgeUrl, long jobId, DateTime? started, CancellationToken _) =>
                    db.Set<T>().Where(x => x.Id == id).Select(x => new KnownDelivery(
                        x,
                        db.WebhookDeliveries.Any(y => y.DeliveryId == deliveryId),
                        db.Jobs.Any(y => y.ForgeUrl == forgeUrl && y.WorkflowJobId == jobId),
                        db.WebhookDeliveries.Any(y => y.EndedJobId == jobId && y.ForgeUrl == forgeUrl
                            && (started == null || y.EndedAt == null || y.EndedAt >= started)),
                        db.WebhookDeliveries.Max(y => (long?)y.Id),
                        db.WebhookDeliveries.OrderBy(y => y.Id).Select(y => (long?)y.Id).FirstOrDefault(),
                        db.WebhookDeliveries.OrderBy(y => y.Id).Select(y => (DateTime?)y.ReceivedAt).FirstOrDefault())).SingleOrDefault());
            return (db, id, key, cancellation) =>
                find(db, id, key.DeliveryId, key.ForgeUrl, key.WorkflowJobId, key.StartedAt, cancellation);
        });

        public static readonly CompiledQuery<Func<GarmDbContext, Guid, CancellationToken, Task<bool>>> IsThere = new(() =>
            EF.CompileAsyncQuery((GarmDbContext db, Guid id, CancellationToken _) => db.Set<T>().Any(x => x.Id == id)));
    }
}
