using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>
/// A job that the forge assigned to a scale set, reported by the scale set's listener with the fields of the job's view. GARM listens
/// itself; the hub calls no forge, so the client that listens sends this.
/// </summary>
public sealed record ScaleSetJobRequest
{
    /// <summary>The forge's id; required. A known one is the same job again.</summary>
    [JsonPropertyName("scaleset_job_id")] public string? ScaleSetJobId { get; init; }

    /// <summary><c>queued</c>, <c>in_progress</c> or <c>completed</c>; required.</summary>
    [JsonPropertyName("status")] public string? Status { get; init; }

    /// <summary>The event that started the workflow, such as <c>push</c>.</summary>
    [JsonPropertyName("action")] public string? Action { get; init; }

    [JsonPropertyName("conclusion")] public string? Conclusion { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("run_id")] public long? RunId { get; init; }

    [JsonPropertyName("repository_owner")] public string? RepositoryOwner { get; init; }

    [JsonPropertyName("repository_name")] public string? RepositoryName { get; init; }

    /// <summary>Absent for the default URL of the forge.</summary>
    [JsonPropertyName("workflow_run_url")] public string? WorkflowRunUrl { get; init; }

    [JsonPropertyName("labels")] public IReadOnlyList<string?>? Labels { get; init; }

    /// <summary>The forge's number of the runner that took it.</summary>
    [JsonPropertyName("runner_id")] public long? RunnerId { get; init; }

    /// <summary>The runner that took it. If it is one of the scale set's runners, its status follows the job.</summary>
    [JsonPropertyName("runner_name")] public string? RunnerName { get; init; }

    [JsonPropertyName("started_at")] public DateTime? StartedAt { get; init; }

    [JsonPropertyName("completed_at")] public DateTime? CompletedAt { get; init; }
}
