using System.Text.Json;
using Garm.Contracts.Text;
using Garm.Data.Jobs;
using Garm.Data.Model;

namespace Garm.Data.Webhooks;

/// <summary>Applies a webhook delivery to a job. Pure: reads nothing from the database.</summary>
internal static class WorkflowJobRules
{
    private const string Failed = "error handling workflow job";
    private const int LongestName = 1024;

    /// <summary>Refuses a delivery that names no job.</summary>
    public static void RequireId(WorkflowJobPayload payload)
    {
        if (payload.Job.Id is null or 0) throw GarmException.BadRequest($"{Failed}: workflow job has no ID");
    }

    /// <summary>The refusal of a job that no pool here takes.</summary>
    public static GarmException NotOurs(WorkflowJobPayload payload) =>
        GarmException.Unprocessable($"{Failed}: job {payload.Job.Id} should not be recorded: cannot process request");

    /// <summary>Whether runners of an enabled pool with these lower-case tags take jobs with these labels: it has all of them.</summary>
    public static bool Takes(IReadOnlyCollection<string> tags, IReadOnlyList<string?> labels) =>
        labels.All(x => tags.Contains(Normalized.Of(x ?? "")));

    /// <summary>A new, unsaved job with the values that only the first delivery sets.</summary>
    public static Job New(WorkflowJobPayload payload, WebhookTarget target) => new()
    {
        ForgeUrl = target.ForgeUrl,
        WorkflowJobId = payload.Job.Id!.Value,
        RunId = payload.Job.RunId ?? 0,
        Name = TextCut.To(payload.Job.Name ?? "", LongestName),
        RepositoryName = payload.Repository?.Name ?? "",
        RepositoryOwner = payload.Repository?.Owner?.Login ?? "",
        WorkflowRunUrl = RunUrlOf(payload.Job.HtmlUrl ?? ""),
        Labels = JsonSerializer.Serialize(payload.Job.Labels!.Select(x => x ?? "")),
    };

    /// <summary>Sets the values that each delivery reports.</summary>
    public static void Apply(Job job, WorkflowJobPayload payload, WebhookTarget target)
    {
        var told = payload.Job;
        job.Action = payload.Action ?? "";
        job.Status = payload.Action ?? "";
        job.Conclusion = told.Conclusion ?? "";
        job.StartedAt = told.StartedAt?.UtcDateTime.AsStored() ?? default;
        job.CompletedAt = told.CompletedAt?.UtcDateTime.AsStored() ?? default;
        job.RunnerId = told.RunnerId ?? 0;
        job.RunnerGroupId = told.RunnerGroupId ?? 0;
        job.RunnerGroupName = told.RunnerGroupName ?? "";
        JobOwners.Set(job, target.Kind, target.Entity.Id);
    }

    // .../actions/runs/80001/job/1 at GitHub, .../actions/runs/1/jobs/0 at Gitea.
    private static string RunUrlOf(string jobUrl)
    {
        var runs = jobUrl.IndexOf("/actions/runs/", StringComparison.Ordinal);
        var end = runs < 0 ? -1 : jobUrl.IndexOf("/job", runs, StringComparison.Ordinal);
        return end < 0 ? jobUrl : jobUrl[..end];
    }
}
