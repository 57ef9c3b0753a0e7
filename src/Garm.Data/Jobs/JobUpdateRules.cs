using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Values;

namespace Garm.Data.Jobs;

/// <summary>What the provider of the runners may change about a job. Reads nothing from the database.</summary>
internal static class JobUpdateRules
{
    public const string Refused = "error updating job";

    private static readonly string[] Statuses = [JobStatuses.Queued, JobStatuses.InProgress, JobStatuses.Completed];

    /// <summary>Refuses an update before it changes anything.</summary>
    public static void Validate(Job job, UpdateJobRequest request)
    {
        if (request.Status is { } status)
        {
            if (!Statuses.Contains(status))
            {
                throw GarmException.BadRequest(
                    $"{Refused}: invalid status {GoText.Quote(status)}; accepted are {string.Join(", ", Statuses)}");
            }

            if (!JobStatuses.MayFollow(job.Status, status))
                throw GarmException.BadRequest($"{Refused}: cannot transition job from {job.Status} to {status}");
        }

        if (!string.IsNullOrEmpty(request.RunnerName) && (request.Status ?? job.Status) == JobStatuses.Queued)
            throw GarmException.BadRequest($"{Refused}: runner_name is accepted with the status in_progress or completed");
        if (request.LockedBy is { } lockedBy && LockOf(lockedBy) is var owner && owner != Guid.Empty && !JobOwners.All(job).Contains(owner))
        {
            throw GarmException.BadRequest(
                $"{Refused}: locked_by must be one of the job's entities, or {Guid.Empty:D} to free it");
        }
    }

    /// <summary>Applies a validated update, apart from the runner.</summary>
    public static void Apply(Job job, UpdateJobRequest request)
    {
        job.Status = request.Status ?? job.Status;
        job.Conclusion = request.Conclusion ?? job.Conclusion;
        job.RunnerId = request.RunnerId ?? job.RunnerId;
        job.StartedAt = request.StartedAt?.AsStored() ?? job.StartedAt;
        job.CompletedAt = request.CompletedAt?.AsStored() ?? job.CompletedAt;
        if (request.LockedBy is { } lockedBy) job.LockedBy = LockOf(lockedBy);
    }

    /// <summary>Whether a runner is of one of the job's entities; its pool or scale set must be loaded.</summary>
    public static bool MayTake(Instance runner, Job job)
    {
        var owner = runner.Pool?.OwnerId() ?? runner.ScaleSet?.OwnerId();
        return owner is { } id && JobOwners.All(job).Contains(id);
    }

    private static Guid LockOf(string text) => text.Length == 0 ? Guid.Empty
        : GoUuid.TryParse(text, out var id, out _) ? id
        : throw GarmException.BadRequest($"{Refused}: locked_by {GoText.Quote(text)} is not a UUID");
}
