using Garm.Host.Http;

namespace Garm.Host.Api;

/// <summary>The REST API: every route under <c>/api/v1</c>.</summary>
internal static class GarmApi
{
    public static void MapGarmApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(ApiRoute.Prefix).WithMetadata(ApiRoute.Default);
        api.MapAuth();
        api.MapController();
        api.MapUsers();
        api.MapSources();
        api.MapSecrets();
        api.MapEvents();
        api.MapSessions();
        api.MapEventHistory();
        api.MapSnapshot();
        api.MapForgeEndpoints();
        api.MapForgeCredentials();
        api.MapProxies();
        api.MapRunnerEntities();
        api.MapPools();
        api.MapScaleSets();
        api.MapScaleSetJobs();
        api.MapInstances();
        api.MapJobs();
        api.MapWebhookDeliveries();
        api.MapCallbacks();
        api.MapMetadata();
        api.MapProviders();
        api.MapTemplates();
        api.MapFileObjects();
        api.MapAgentTools();
    }
}
