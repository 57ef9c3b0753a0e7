using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A job that the forge gave to a scale set, as newer versions of GARM list it beside the other jobs.</summary>
public sealed record ScaleSetJobView
{
    [JsonPropertyName("id")] public long Id { get; init; }

    /// <summary>The forge's id.</summary>
    [JsonPropertyName("scaleset_job_id")] public string? ScaleSetJobId { get; init; }

    /// <summary>The hub's number of the scale set.</summary>
    [JsonPropertyName("scaleset_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ScaleSetId { get; init; }

    [JsonPropertyName("workflow_run_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long WorkflowRunId { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("status")] public string? Status { get; init; }

    [JsonPropertyName("result")] public string? Result { get; init; }

    [JsonPropertyName("event_name")] public string? EventName { get; init; }

    [JsonPropertyName("request_labels")] public IReadOnlyList<string>? RequestLabels { get; init; }

    [JsonPropertyName("repository_name")] public string? RepositoryName { get; init; }

    [JsonPropertyName("repository_owner")] public string? RepositoryOwner { get; init; }

    [JsonPropertyName("runner_group_name")] public string? RunnerGroupName { get; init; }

    [JsonPropertyName("runner_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long RunnerId { get; init; }

    /// <summary>The runner that took it, if it is one of this hub's.</summary>
    [JsonPropertyName("runner_name")] public string? RunnerName { get; init; }

    [JsonPropertyName("workflow_run_url")] public string? WorkflowRunUrl { get; init; }

    /// <summary>The zero time until a runner has it.</summary>
    [JsonPropertyName("runner_assign_time")] public DateTime RunnerAssignTime { get; init; }

    /// <summary>The zero time until it is completed.</summary>
    [JsonPropertyName("finish_time")] public DateTime FinishTime { get; init; }

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }
}
