using Garm.Contracts.Requests;
using Garm.Data.Stores;
using Garm.Host.Authentication;
using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Api;

/// <summary><c>/templates</c>.</summary>
internal static class TemplatesApi
{
    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/templates", async (HttpContext context, TemplateStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(FilterOf(context.Request.Query), cancellation)));

        api.MapPost("/templates", async (HttpContext context, TemplateStore store, CancellationToken cancellation) =>
        {
            var request = await context.ReadJsonAsync<CreateTemplateRequest>();
            var owner = context.Features.GetRequiredFeature<Caller>().Access.UserId;
            return ApiResponses.Json(await store.CreateAsync(owner, request, cancellation));
        });

        api.MapPost("/templates/restore", async (HttpContext context, TemplateStore store, CancellationToken cancellation) =>
        {
            await store.RestoreAsync(await context.ReadJsonAsync<RestoreTemplatesRequest>(), cancellation);
            return ApiResponses.EmptyJson;
        });

        api.MapGet("/templates/{templateId}", async (string templateId, TemplateStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(Id(templateId), cancellation)));

        api.MapPut(
            "/templates/{templateId}",
            async (string templateId, HttpContext context, TemplateStore store, CancellationToken cancellation) =>
            {
                var id = Id(templateId);
                var request = await context.ReadJsonAsync<UpdateTemplateRequest>();
                return ApiResponses.Json(await store.UpdateAsync(id, request, cancellation));
            });

        api.MapDelete("/templates/{templateId}", async (string templateId, TemplateStore store, CancellationToken cancellation) =>
        {
            await store.DeleteAsync(Id(templateId), cancellation);
            return ApiResponses.EmptyJson;
        });
    }

    private static TemplateFilter FilterOf(IQueryCollection query) =>
        new(query["osType"].FirstOrDefault(), query["forgeType"].FirstOrDefault(), query["partialName"].FirstOrDefault());

    private static long Id(string segment) => ApiRequests.KeyOrRefuse(segment, $"invalid value for \"templateID\": \"{segment}\"");
}
