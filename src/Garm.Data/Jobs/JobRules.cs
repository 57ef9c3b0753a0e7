using System.Text.Json;
using Garm.Data.Model;

namespace Garm.Data.Jobs;

/// <summary>The order of a job's states, and what a job does to its runner. Reads nothing from the database.</summary>
internal static class JobRules
{
    private const string Failed = "error handling workflow job";

    /// <summary>The actions that a forge reports, in order, unless a delivery is delayed.</summary>
    private static readonly string[] InOrder = ["waiting", JobStatuses.Queued, JobStatuses.InProgress, JobStatuses.Completed];

    /// <summary>Refuses a transition to an earlier state.</summary>
    public static void RequireForward(Job job, string action)
    {
        if (!JobStatuses.MayFollow(job.Status, action))
            throw GarmException.BadRequest($"{Failed}: cannot transition job from {job.Status} to {action}");
    }

    /// <summary>Whether the job is already past the reported action.</summary>
    public static bool IsLate(Job job, string action) =>
        Array.IndexOf(InOrder, action) is >= 0 and var told && told < Array.IndexOf(InOrder, job.Status);

    /// <summary>
    /// Moves the runner to the state that follows from its job's; false when nothing changes. The runner's job and the job's runners must be loaded.
    /// </summary>
    public static bool MoveRunner(Instance runner, Job job)
    {
        var next = job.Status == JobStatuses.Completed ? RunnerStatuses.Terminated : RunnerStatuses.Active;
        var isNews = runner.RunnerStatus != next || runner.Job != job;
        if (!isNews || !RunnerStatuses.MayFollow(runner.RunnerStatus, next)) return false;
        runner.RunnerStatus = next;
        runner.Job = job;
        runner.ProviderFault = null;

        // A job has one runner: the one that was reported last.
        foreach (var other in job.Runners.Where(x => x != runner).ToList()) other.Job = null;

        return true;
    }

    /// <summary>Marks a runner whose job has ended for deletion, unless it is being created or deleted.</summary>
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
}
