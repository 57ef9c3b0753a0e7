using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Sources;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/sources</c>, which GARM has not.</summary>
internal static class SourcesApi
{
    public static void MapSources(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sources", async (SourceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(cancellation)))
            .Describes("ListSources", "sources")
            .WithSummary("List all sources.")
            .Answers<IReadOnlyList<SourceView>>();

        api.MapPost("/sources", async (HttpContext context, SourceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.CreateAsync(await context.ReadJsonAsync<CreateSourceRequest>(), cancellation)))
            .Describes("CreateSource", "sources")
            .WithSummary("Create a source.")
            .Takes<CreateSourceRequest>()
            .Answers<SourceView>();

        api.MapGet("/sources/{name}", async (string name, SourceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(name, cancellation)))
            .Describes("GetSource", "sources")
            .WithSummary("Get a source.")
            .Answers<SourceView>();

        api.MapPut("/sources/{name}", async (string name, HttpContext context, SourceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.UpdateAsync(name, await context.ReadJsonAsync<UpdateSourceRequest>(), cancellation)))
            .Describes("UpdateSource", "sources")
            .WithSummary("Update a source.")
            .Takes<UpdateSourceRequest>()
            .Answers<SourceView>();

        api.MapDelete("/sources/{name}", async (string name, SourceStore store, CancellationToken cancellation) =>
        {
            await store.RemoveAsync(name, cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("DeleteSource", "sources")
            .WithSummary("Remove a source and what is mirrored of it.")
            .AnswersNothing();
    }
}
