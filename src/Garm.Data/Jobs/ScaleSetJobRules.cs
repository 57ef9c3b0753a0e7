using System.Text.Json;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Values;

namespace Garm.Data.Jobs;

/// <summary>Applies a report to a scale set's job. Pure: reads nothing from the database.</summary>
internal static class ScaleSetJobRules
{
    private const string Refused = "error handling scale set job";
    private const int LongestId = 64;
    private static readonly string[] Statuses = [JobStatuses.Queued, JobStatuses.InProgress, JobStatuses.Completed];

    /// <summary>Refuses a report that is not complete.</summary>
    public static void Validate(ScaleSetJobRequest report)
    {
        if (report.ScaleSetJobId is not { Length: > 0 and <= LongestId })
            throw GarmException.BadRequest($"{Refused}: scaleset_job_id must have 1 to {LongestId} characters");
        if (GoUrl.Parse(report.WorkflowRunUrl ?? "") is { HasUserInfo: true })
            throw GarmException.BadRequest($"{Refused}: invalid workflow_run_url: {GoUrl.UserInfoRefusal}");
        if (!Statuses.Contains(report.Status))
        {
            throw GarmException.BadRequest(
                $"{Refused}: invalid status {GoText.Quote(report.Status ?? "")}; accepted are {string.Join(", ", Statuses)}");
        }
    }

    /// <summary>A new, unsaved job of the scale set.</summary>
    public static Job New(ScaleSetJobRequest report, ScaleSet set, RunnerEntity owner) => new()
    {
        ForgeUrl = ForgeUrlOf(owner),
        ScaleSetJobId = report.ScaleSetJobId!,
        RepositoryId = set.RepositoryId,
        OrganizationId = set.OrganizationId,
        EnterpriseId = set.EnterpriseId,
        RunnerGroupName = set.GithubRunnerGroup,
    };

    /// <summary>Sets what the report contains; the rest stays.</summary>
    public static void Apply(Job job, ScaleSetJobRequest report, ScaleSet set)
    {
        job.ScaleSetId = set.Id;
        job.Status = report.Status!;
        job.Action = report.Action ?? job.Action;
        job.Conclusion = report.Conclusion ?? job.Conclusion;
        job.Name = report.Name ?? job.Name;
        job.RunId = report.RunId ?? job.RunId;
        job.RepositoryOwner = report.RepositoryOwner ?? job.RepositoryOwner;
        job.RepositoryName = report.RepositoryName ?? job.RepositoryName;
        job.RunnerId = report.RunnerId ?? job.RunnerId;
        job.StartedAt = report.StartedAt?.AsStored() ?? job.StartedAt;
        job.CompletedAt = report.CompletedAt?.AsStored() ?? job.CompletedAt;
        if (report.Labels is { } labels) job.Labels = JsonSerializer.Serialize(labels.Select(x => x ?? ""));
        job.WorkflowRunUrl = report.WorkflowRunUrl ?? (job.WorkflowRunUrl.Length > 0 ? job.WorkflowRunUrl : RunUrlOf(job));
    }

    /// <summary>The forge that the job's numbers belong to, in the form that webhooks store.</summary>
    public static string ForgeUrlOf(RunnerEntity owner) => owner.Endpoint!.BaseUrl.TrimEnd('/');

    private static string RunUrlOf(Job job) => job is { RepositoryOwner.Length: > 0, RepositoryName.Length: > 0, RunId: > 0 }
        ? $"{job.ForgeUrl}/{job.RepositoryOwner}/{job.RepositoryName}/actions/runs/{job.RunId}"
        : "";
}
