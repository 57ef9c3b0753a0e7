using System.Globalization;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data;
using Garm.Data.Proxies;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/proxies</c>.</summary>
internal static class ProxiesApi
{
    public static void MapProxies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/proxies", async (ProxyStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(cancellation)))
            .Describes("ListProxies", "proxies")
            .WithSummary("List all proxies.")
            .Answers<IReadOnlyList<ProxyView>>();

        api.MapPost("/proxies", async (HttpContext context, ProxyStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.CreateAsync(await context.ReadJsonAsync<CreateProxyRequest>(), cancellation)))
            .Describes("CreateProxy", "proxies")
            .WithSummary("Create a proxy.")
            .Takes<CreateProxyRequest>()
            .Answers<ProxyView>();

        api.MapGet("/proxies/{proxyId}", async (string proxyId, ProxyStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(Id(proxyId), cancellation)))
            .Describes("GetProxy", "proxies")
            .WithSummary("Get a proxy.")
            .Answers<ProxyView>();

        api.MapPut(
            "/proxies/{proxyId}",
            async (string proxyId, HttpContext context, ProxyStore store, CancellationToken cancellation) =>
            {
                var id = Id(proxyId);
                var request = await context.ReadJsonAsync<UpdateProxyRequest>();
                return ApiResponses.Json(await store.UpdateAsync(id, request, cancellation));
            })
            .Describes("UpdateProxy", "proxies")
            .WithSummary("Update a proxy.")
            .Takes<UpdateProxyRequest>()
            .Answers<ProxyView>();

        api.MapDelete("/proxies/{proxyId}", async (string proxyId, ProxyStore store, CancellationToken cancellation) =>
        {
            await store.DeleteAsync(Id(proxyId), cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("DeleteProxy", "proxies")
            .WithSummary("Delete a proxy.")
            .AnswersNothing();
    }

    private static long Id(string segment) =>
        uint.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw GarmException.BadRequest($"invalid value for \"proxyID\": \"{segment}\"");
}
