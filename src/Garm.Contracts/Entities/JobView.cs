using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A workflow job that a forge reported, as GARM shows it.</summary>
public sealed record JobView
{
    [JsonPropertyName("id")] public long Id { get; init; }

    /// <summary>The forge's number.</summary>
    [JsonPropertyName("workflow_job_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long WorkflowJobId { get; init; }

    /// <summary>The forge's id of a job that it gave to a scale set.</summary>
    [JsonPropertyName("scaleset_job_id")] public string? ScaleSetJobId { get; init; }

    [JsonPropertyName("run_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long RunId { get; init; }

    [JsonPropertyName("action")] public string? Action { get; init; }

    [JsonPropertyName("conclusion")] public string? Conclusion { get; init; }

    [JsonPropertyName("status")] public string? Status { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>The zero time when the forge gave none.</summary>
    [JsonPropertyName("started_at")] public DateTime StartedAt { get; init; }

    /// <summary>The zero time until it is completed.</summary>
    [JsonPropertyName("completed_at")] public DateTime CompletedAt { get; init; }

    /// <summary>The forge's number of the runner that took it.</summary>
    [JsonPropertyName("runner_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long RunnerId { get; init; }

    /// <summary>The runner that took it, if it is one of this hub's.</summary>
    [JsonPropertyName("runner_name")] public string? RunnerName { get; init; }

    [JsonPropertyName("runner_group_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long RunnerGroupId { get; init; }

    [JsonPropertyName("runner_group_name")] public string? RunnerGroupName { get; init; }

    [JsonPropertyName("repository_name")] public string? RepositoryName { get; init; }

    [JsonPropertyName("repository_owner")] public string? RepositoryOwner { get; init; }

    [JsonPropertyName("workflow_run_url")] public string? WorkflowRunUrl { get; init; }

    [JsonPropertyName("labels")] public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The repository whose webhook reported it; removed with the repository.</summary>
    [JsonPropertyName("repo_id")] public string? RepoId { get; init; }

    [JsonPropertyName("org_id")] public string? OrgId { get; init; }

    [JsonPropertyName("enterprise_id")] public string? EnterpriseId { get; init; }

    [JsonPropertyName("forge_instance_id")] public string? ForgeInstanceId { get; init; }

    /// <summary>The entity that a runner is being made for; the nil UUID for none.</summary>
    [JsonPropertyName("locked_by")] public string LockedBy { get; init; } = Guid.Empty.ToString("D");

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }
}
