using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Templates;
using Garm.Host.Authentication;
using Garm.Host.Http;
using Garm.Host.OpenApi;
using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Api;

/// <summary><c>/templates</c>.</summary>
internal static class TemplatesApi
{
    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/templates", async (HttpContext context, TemplateStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(FilterOf(context.Request.Query), cancellation)))
            .Describes("ListTemplates", "templates")
            .WithSummary("List all templates.")
            .Answers<IReadOnlyList<TemplateView>>()
            .Query<string>("osType", "linux or windows")
            .Query<string>("forgeType", "github or gitea")
            .Query<string>("partialName", "part of the name");

        api.MapPost("/templates", async (HttpContext context, TemplateStore store, CancellationToken cancellation) =>
        {
            var request = await context.ReadJsonAsync<CreateTemplateRequest>();
            var owner = context.Features.GetRequiredFeature<Caller>().Access.UserId;
            return ApiResponses.Json(await store.CreateAsync(owner, request, cancellation));
        })
            .Describes("CreateTemplate", "templates")
            .WithSummary("Create a template.")
            .Takes<CreateTemplateRequest>()
            .Answers<TemplateView>();

        api.MapPost("/templates/restore", async (HttpContext context, TemplateStore store, CancellationToken cancellation) =>
        {
            await store.RestoreAsync(await context.ReadJsonAsync<RestoreTemplatesRequest>(), cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("RestoreTemplates", "templates")
            .WithSummary("Restore the built-in templates.")
            .Takes<RestoreTemplatesRequest>()
            .AnswersNothing();

        api.MapGet("/templates/{templateId}", async (string templateId, TemplateStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(Id(templateId), cancellation)))
            .Describes("GetTemplate", "templates")
            .WithSummary("Get a template with its data.")
            .Answers<TemplateView>();

        api.MapPut(
            "/templates/{templateId}",
            async (string templateId, HttpContext context, TemplateStore store, CancellationToken cancellation) =>
            {
                var id = Id(templateId);
                var request = await context.ReadJsonAsync<UpdateTemplateRequest>();
                return ApiResponses.Json(await store.UpdateAsync(id, request, cancellation));
            })
            .Describes("UpdateTemplate", "templates")
            .WithSummary("Update a template.")
            .Takes<UpdateTemplateRequest>()
            .Answers<TemplateView>();

        api.MapDelete("/templates/{templateId}", async (string templateId, TemplateStore store, CancellationToken cancellation) =>
        {
            await store.DeleteAsync(Id(templateId), cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("DeleteTemplate", "templates")
            .WithSummary("Delete a template.")
            .AnswersNothing();
    }

    private static TemplateFilter FilterOf(IQueryCollection query) =>
        new(query["osType"].FirstOrDefault(), query["forgeType"].FirstOrDefault(), query["partialName"].FirstOrDefault());

    private static long Id(string segment) => ApiRequests.KeyOrRefuse(segment, $"invalid value for \"templateID\": \"{segment}\"");
}
