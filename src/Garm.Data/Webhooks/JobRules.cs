using System.Text.Json;
using Garm.Contracts.Text;
using Garm.Data.Entities;
using Garm.Data.Stores;

namespace Garm.Data.Webhooks;

/// <summary>What a delivery makes of a job. Looks nothing up.</summary>
internal static class JobRules
{
    private const string Failed = "error handling workflow job";
    private const int LongestName = 1024;

    /// <summary>What a forge tells of a job, in this order if nothing is delayed.</summary>
    private static readonly string[] InOrder = ["waiting", JobStatuses.Queued, JobStatuses.InProgress, JobStatuses.Completed];

    /// <summary>Refuses a delivery that names no job.</summary>
    public static void RequireId(WorkflowJobPayload payload)
    {
        if (payload.Job.Id is null or 0) throw GarmException.BadRequest($"{Failed}: workflow job has no ID");
    }

    /// <summary>Refuses to go backwards.</summary>
    public static void RequireForward(Job job, string action)
    {
        if (!JobStatuses.MayFollow(job.Status, action))
            throw GarmException.BadRequest($"{Failed}: cannot transition job from {job.Status} to {action}");
    }

    /// <summary>Whether a delivery tells what the job has gone past.</summary>
    public static bool IsLate(Job job, string action) =>
        Array.IndexOf(InOrder, action) is >= 0 and var told && told < Array.IndexOf(InOrder, job.Status);

    /// <summary>The refusal of a job that nobody here waits for.</summary>
    public static GarmException NotOurs(WorkflowJobPayload payload) =>
        GarmException.Unprocessable($"{Failed}: job {payload.Job.Id} should not be recorded: cannot process request");

    /// <summary>Whether runners of the pool take jobs with these labels: it has all of them, in whatever case.</summary>
    public static bool Takes(Pool pool, IReadOnlyList<string?> labels)
    {
        var tags = pool.Tags.Select(x => x.Tag!.NormalizedName).ToHashSet();
        return pool.Enabled && labels.All(x => tags.Contains(Normalized.Of(x ?? "")));
    }

    /// <summary>A new, unsaved job: what stays of the first delivery.</summary>
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

    /// <summary>What each delivery tells anew.</summary>
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

    /// <summary>
    /// What a job that went on makes of its runner; false for nothing new. The runner's job and the job's runners must be loaded.
    /// </summary>
    public static bool MoveRunner(Instance runner, Job job)
    {
        var next = job.Status == JobStatuses.Completed ? RunnerStatuses.Terminated : RunnerStatuses.Active;
        var isNews = runner.RunnerStatus != next || runner.Job != job;
        if (!isNews || !RunnerStatuses.MayFollow(runner.RunnerStatus, next)) return false;
        runner.RunnerStatus = next;
        runner.Job = job;
        runner.ProviderFault = null;

        // A job has one runner, the one that was last said to have it.
        foreach (var other in job.Runners.Where(x => x != runner).ToList()) other.Job = null;

        return true;
    }

    /// <summary>A runner whose job is done is to be deleted, unless that is under way or it is just being made.</summary>
    public static bool MarkForDeletion(Instance runner)
    {
        if (runner.Status is InstanceStatuses.Creating or InstanceStatuses.PendingDelete or InstanceStatuses.PendingForceDelete
            or InstanceStatuses.Deleting or InstanceStatuses.Deleted)
        {
            return false;
        }

        runner.Status = InstanceStatuses.PendingDelete;
        return true;
    }

    // .../actions/runs/80001/job/1 at GitHub, .../actions/runs/1/jobs/0 at Gitea.
    private static string RunUrlOf(string jobUrl)
    {
        var runs = jobUrl.IndexOf("/actions/runs/", StringComparison.Ordinal);
        var end = runs < 0 ? -1 : jobUrl.IndexOf("/job", runs, StringComparison.Ordinal);
        return end < 0 ? jobUrl : jobUrl[..end];
    }
}
