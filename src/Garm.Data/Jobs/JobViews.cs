using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Jobs;

/// <summary>The views of a job in the REST API and in events.</summary>
internal static class JobViews
{
    /// <summary>The job with the runner that took it, which must be loaded.</summary>
    public static JobView ToView(this Job job) =>
        job.ToBriefView() with { RunnerName = job.Runners.OrderBy(x => x.CreatedAt).FirstOrDefault()?.Name };

    /// <summary>A scale set's job as newer versions of GARM list it; the runner that took it must be loaded.</summary>
    public static ScaleSetJobView ToScaleSetView(this Job job) => new()
    {
        Id = job.Id,
        ScaleSetJobId = OrNull(job.ScaleSetJobId),
        ScaleSetId = job.ScaleSetId ?? 0,
        WorkflowRunId = job.RunId,
        Name = OrNull(job.Name),
        Status = OrNull(job.Status),
        Result = OrNull(job.Conclusion),
        EventName = OrNull(job.Action),
        RequestLabels = OrNull(LabelsOf(job)),
        RepositoryName = OrNull(job.RepositoryName),
        RepositoryOwner = OrNull(job.RepositoryOwner),
        RunnerGroupName = OrNull(job.RunnerGroupName),
        RunnerId = job.RunnerId,
        RunnerName = job.Runners.OrderBy(x => x.CreatedAt).FirstOrDefault()?.Name,
        WorkflowRunUrl = OrNull(job.WorkflowRunUrl),
        RunnerAssignTime = job.StartedAt,
        FinishTime = job.CompletedAt,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
    };

    public static JobView ToBriefView(this Job job) => new()
    {
        Id = job.Id,
        WorkflowJobId = job.WorkflowJobId,
        ScaleSetJobId = OrNull(job.ScaleSetJobId),
        RunId = job.RunId,
        Action = OrNull(job.Action),
        Conclusion = OrNull(job.Conclusion),
        Status = OrNull(job.Status),
        Name = OrNull(job.Name),
        StartedAt = job.StartedAt,
        CompletedAt = job.CompletedAt,
        RunnerId = job.RunnerId,
        RunnerGroupId = job.RunnerGroupId,
        RunnerGroupName = OrNull(job.RunnerGroupName),
        RepositoryName = OrNull(job.RepositoryName),
        RepositoryOwner = OrNull(job.RepositoryOwner),
        WorkflowRunUrl = OrNull(job.WorkflowRunUrl),
        Labels = LabelsOf(job),
        RepoId = Shown(job, job.RepositoryId),
        OrgId = Shown(job, job.OrganizationId),
        EnterpriseId = Shown(job, job.EnterpriseId),
        ForgeInstanceId = Shown(job, job.ForgeInstanceId),
        LockedBy = job.LockedBy.ToString("D"),
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
    };

    private static string[] LabelsOf(Job job) => JsonSerializer.Deserialize<string[]>(job.Labels) ?? [];

    private static string? Shown(Job job, Guid? owner) =>
        owner is { } id && !job.GoneOwners.Contains(id) ? id.ToString("D") : null;
}
