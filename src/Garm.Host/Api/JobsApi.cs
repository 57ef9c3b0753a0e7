using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Jobs;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/jobs</c>. GARM has no routes to change or remove a job; runner providers call them.</summary>
internal static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs", (HttpContext context, JobStore store, CancellationToken cancellation) =>
            ApiResponses.Pages(store.ListAsync(new ListQuery(context.Request.Query).Jobs(), cancellation)))
            .Describes("ListJobs", "jobs")
            .WithSummary("List all jobs.")
            .Paged()
            .FiltersJobs()
            .Answers<IReadOnlyList<JobView>>();

        api.MapPut(
            "/jobs/{id}",
            async (string id, HttpContext context, JobStore store, CancellationToken cancellation) =>
            {
                var number = ApiRequests.NumberOrRefuse(id);
                return ApiResponses.Json(
                    await store.UpdateAsync(number, await context.ReadJsonAsync<UpdateJobRequest>(), cancellation));
            })
            .Describes("UpdateJob", "jobs")
            .WithSummary("Report what no webhook delivery reported of a job.")
            .Takes<UpdateJobRequest>()
            .Answers<JobView>();

        api.MapDelete("/jobs/{id}", async (string id, JobStore store, CancellationToken cancellation) =>
        {
            await store.DeleteAsync(ApiRequests.NumberOrRefuse(id), cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("DeleteJob", "jobs")
            .WithSummary("Delete a job.")
            .AnswersNothing();
    }
}
