using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>
/// What whoever provides runners knows of a job that no delivery told: its end, say, or that nobody makes a runner for it any
/// more. What is left out stays. GARM has no such request.
/// </summary>
public sealed record UpdateJobRequest
{
    /// <summary><c>queued</c>, <c>in_progress</c> or <c>completed</c>; it only goes forward.</summary>
    [JsonPropertyName("status")] public string? Status { get; init; }

    /// <summary>The forge's conclusion, such as <c>cancelled</c>.</summary>
    [JsonPropertyName("conclusion")] public string? Conclusion { get; init; }

    /// <summary>The runner that took it, of one of the job's entities; it follows the job.</summary>
    [JsonPropertyName("runner_name")] public string? RunnerName { get; init; }

    /// <summary>The forge's number of the runner that took it.</summary>
    [JsonPropertyName("runner_id")] public long? RunnerId { get; init; }

    [JsonPropertyName("started_at")] public DateTime? StartedAt { get; init; }

    [JsonPropertyName("completed_at")] public DateTime? CompletedAt { get; init; }

    /// <summary>Which of the job's entities makes a runner for it; empty or the nil UUID frees it.</summary>
    [JsonPropertyName("locked_by")] public string? LockedBy { get; init; }
}
