using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Sources;
using Garm.Host.Http;
using Garm.Host.OpenApi;
using Garm.Host.Sources;

namespace Garm.Host.Api;

/// <summary><c>/sources</c>, which GARM has not.</summary>
internal static class SourcesApi
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public static void MapSources(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sources", async (SourceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(cancellation)))
            .Describes("ListSources", "sources")
            .WithSummary("List all sources.")
            .Answers<IReadOnlyList<SourceView>>();

        api.MapPost(
            "/sources",
            async (HttpContext context, SourceStore store, SourceChange change, CancellationToken cancellation) =>
            {
                var source = await store.CreateAsync(await context.ReadJsonAsync<CreateSourceRequest>(), cancellation);
                await change.TellAsync(cancellation);
                return ApiResponses.Json(source);
            })
            .Describes("CreateSource", "sources")
            .WithSummary("Create a source.")
            .Takes<CreateSourceRequest>()
            .Answers<SourceView>();

        api.MapGet("/sources/{name}", async (string name, SourceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(name, cancellation)))
            .Describes("GetSource", "sources")
            .WithSummary("Get a source.")
            .Answers<SourceView>();

        api.MapPut(
            "/sources/{name}",
            async (string name, HttpContext context, SourceStore store, SourceChange change, CancellationToken cancellation) =>
            {
                var source = await store.UpdateAsync(name, await context.ReadJsonAsync<UpdateSourceRequest>(), cancellation);
                await change.TellAsync(cancellation);
                return ApiResponses.Json(source);
            })
            .Describes("UpdateSource", "sources")
            .WithSummary("Update a source.")
            .Takes<UpdateSourceRequest>()
            .Answers<SourceView>();

        api.MapDelete(
            "/sources/{name}",
            async (string name, SourceStore store, SourceChange change, CancellationToken cancellation) =>
            {
                await store.RemoveAsync(name, cancellation);
                await change.TellAsync(cancellation);
                await WaitForRemovalAsync(store, name, cancellation);
                return ApiResponses.EmptyJson;
            })
            .Describes("DeleteSource", "sources")
            .WithSummary("Remove a source and what is mirrored of it.")
            .AnswersNothing();
    }

    // The node that mirrors it deletes its entities one batch after the other: a small source is gone when this is answered, a large one
    // goes on to go.
    private static async Task WaitForRemovalAsync(SourceStore store, string name, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; waited < LongestWait; waited += LookEvery)
        {
            if (!await store.IsLeavingAsync(name, cancellation)) return;
            await Task.Delay(LookEvery, cancellation);
        }
    }
}
