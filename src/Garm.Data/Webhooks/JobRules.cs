using System.Text.Json;
using Garm.Data.Entities;
using Garm.Data.Stores;

namespace Garm.Data.Webhooks;

/// <summary>What a delivery makes of a job. Looks nothing up.</summary>
internal static class JobRules
{
    private const string Failed = "error handling workflow job";
    private const int LongestName = 1024;

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
        Name = Cut(payload.Job.Name ?? "", LongestName),
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
        job.StartedAt = told.StartedAt?.UtcDateTime ?? default;
        job.CompletedAt = told.CompletedAt?.UtcDateTime ?? default;
        job.RunnerId = told.RunnerId ?? 0;
        job.RunnerGroupId = told.RunnerGroupId ?? 0;
        job.RunnerGroupName = told.RunnerGroupName ?? "";
        switch (target.Kind)
        {
            case EntityKind.Repository: job.RepositoryId = target.Entity.Id; break;
            case EntityKind.Organization: job.OrganizationId = target.Entity.Id; break;
            case EntityKind.Enterprise: job.EnterpriseId = target.Entity.Id; break;
            case EntityKind.ForgeInstance: job.ForgeInstanceId = target.Entity.Id; break;
            default: throw new ArgumentOutOfRangeException(nameof(target), target.Kind, "there is no such kind of entity");
        }
    }

    /// <summary>What a job that went on makes of its runner; false for nothing new.</summary>
    public static bool MoveRunner(Instance runner, Job job)
    {
        var next = job.Status == JobStatuses.Completed ? RunnerStatuses.Terminated : RunnerStatuses.Active;
        var isNews = runner.RunnerStatus != next || runner.JobId != job.Id;
        if (!isNews || !RunnerStatuses.MayFollow(runner.RunnerStatus, next)) return false;
        runner.RunnerStatus = next;
        runner.JobId = job.Id;
        runner.Job = job;
        runner.ProviderFault = null;

        // A job has one runner, the one that was last said to have it.
        foreach (var other in job.Runners.Where(x => x != runner).ToList())
        {
            other.JobId = null;
            other.Job = null;
        }

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

    // Not within a character of two.
    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
