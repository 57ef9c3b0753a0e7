using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary>
/// <c>/repositories</c>, <c>/organizations</c>, <c>/enterprises</c> and <c>/forge-instances</c>, which work alike. GARM has no route
/// for <c>pool-manager-status</c>; runner providers call it.
/// </summary>
internal static class RunnerEntitiesApi
{
    public static void MapRunnerEntities(this IEndpointRouteBuilder api)
    {
        api.MapGroup("/repositories")
            .MapEntity<RepositoryStore, Repository, RepositoryView, CreateRepositoryRequest>(EntityKind.Repository);
        api.MapGroup("/organizations")
            .MapEntity<OrganizationStore, Organization, OrganizationView, CreateEntityRequest>(EntityKind.Organization);
        api.MapGroup("/enterprises")
            .MapEntity<EnterpriseStore, Enterprise, EnterpriseView, CreateEntityRequest>(EntityKind.Enterprise);
        api.MapGroup("/forge-instances")
            .MapEntity<ForgeInstanceStore, ForgeInstance, ForgeInstanceView, CreateForgeInstanceRequest>(EntityKind.ForgeInstance);
    }

    private static void MapEntity<TStore, TEntity, TView, TCreate>(this RouteGroupBuilder group, EntityKind kind)
        where TStore : RunnerEntityStore<TEntity, TView, TCreate>
        where TEntity : RunnerEntity
        where TCreate : CreateEntityRequest, new()
    {
        var words = EntityOperationNames.Of(kind);

        group.MapGet("", async (HttpContext context, CancellationToken cancellation) =>
            ApiResponses.Json(await context.Service<TStore>().ListAsync(FilterOf(context.Request.Query), cancellation)))
            .Describes($"List{words.Many}", words.Tag)
            .WithSummary($"List all {words.Nouns}.")
            .Query<string>("owner", "of repositories")
            .Query<string>("name", "the exact name")
            .Query<string>("endpoint", "the exact endpoint")
            .Answers<IReadOnlyList<TView>>();

        group.MapPost("", async (HttpContext context, CancellationToken cancellation) =>
            ApiResponses.Json(await context.Service<TStore>().CreateAsync(await context.ReadJsonAsync<TCreate>(), cancellation)))
            .Describes($"Create{words.One}", words.Tag)
            .WithSummary($"Create {words.ANoun}.")
            .Takes<TCreate>()
            .Answers<TView>();

        group.MapGet("/{entityId}", async (string entityId, HttpContext context, CancellationToken cancellation) =>
            ApiResponses.Json(await context.Service<TStore>().GetAsync(entityId, cancellation)))
            .Describes($"Get{words.One}", words.Tag)
            .WithSummary($"Get {words.ANoun}.")
            .Answers<TView>();

        group.MapPut("/{entityId}", async (string entityId, HttpContext context, CancellationToken cancellation) =>
        {
            var request = await context.ReadJsonAsync<UpdateEntityRequest>();
            return ApiResponses.Json(await context.Service<TStore>().UpdateAsync(entityId, request, cancellation));
        })
            .Describes($"Update{words.One}", words.Tag)
            .WithSummary($"Update {words.ANoun}.")
            .Takes<UpdateEntityRequest>()
            .Answers<TView>();

        group.MapPut("/{entityId}/pool-manager-status", async (string entityId, HttpContext context, CancellationToken cancellation) =>
        {
            var request = await context.ReadJsonAsync<PoolManagerStatusRequest>();
            return ApiResponses.Json(await context.Service<TStore>().UpdateStatusAsync(entityId, request, cancellation));
        })
            .Describes($"Update{words.One}PoolManagerStatus", words.Tag)
            .WithSummary($"Report the state of the runner manager of {words.ANoun}.")
            .Takes<PoolManagerStatusRequest>()
            .Answers<TView>();

        // "keepWebhook" is accepted and has no effect, because the hub installs no webhooks.
        group.MapDelete("/{entityId}", async (string entityId, HttpContext context, CancellationToken cancellation) =>
        {
            await context.Service<TStore>().DeleteAsync(entityId, cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes($"Delete{words.One}", words.Tag)
            .WithSummary($"Delete {words.ANoun}.")
            .Query<bool>("keepWebhook", "no effect: the hub installs no webhooks")
            .AnswersNothing();

        group.MapEntityPools(kind);
        group.MapEntityInstances(kind);

        // As in GARM: scale sets exist only on GitHub.
        if (kind != EntityKind.ForgeInstance) group.MapEntityScaleSets(kind);
    }

    private static EntityFilter FilterOf(IQueryCollection query) =>
        new(query["owner"].FirstOrDefault(), query["name"].FirstOrDefault(), query["endpoint"].FirstOrDefault());
}
