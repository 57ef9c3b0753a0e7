using Garm.Contracts.Entities;
using Garm.Data.Stores;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/jobs</c>.</summary>
internal static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder api) =>
        api.MapGet("/jobs", (HttpContext context, JobStore store, CancellationToken cancellation) =>
            ApiResponses.Pages(store.ListAsync(new ListQuery(context.Request.Query).Jobs(), cancellation)))
            .Describes("ListJobs", "jobs")
            .Paged()
            .FiltersJobs()
            .Answers<IReadOnlyList<JobView>>();
}
