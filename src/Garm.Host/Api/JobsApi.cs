using Garm.Contracts.Entities;
using Garm.Data.Stores;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/jobs</c>.</summary>
internal static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder api) =>
        api.MapGet("/jobs", async (JobStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(cancellation)))
            .Describes("ListJobs", "jobs")
            .Answers<IReadOnlyList<JobView>>();
}
