using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>
/// Changes of a job by the client that provides its runners, for what no webhook delivery reported, such as its end. Absent fields stay
/// as they are. GARM has no such request.
/// </summary>
public sealed record UpdateJobRequest
{
    /// <summary><c>queued</c>, <c>in_progress</c> or <c>completed</c>; it only goes forward.</summary>
    [JsonPropertyName("status")] public string? Status { get; init; }

    /// <summary>The forge's conclusion, such as <c>cancelled</c>.</summary>
    [JsonPropertyName("conclusion")] public string? Conclusion { get; init; }

    /// <summary>The runner that took it, of one of the job's entities; its status follows the job.</summary>
    [JsonPropertyName("runner_name")] public string? RunnerName { get; init; }

    /// <summary>The forge's number of the runner that took it.</summary>
    [JsonPropertyName("runner_id")] public long? RunnerId { get; init; }

    [JsonPropertyName("started_at")] public DateTime? StartedAt { get; init; }

    [JsonPropertyName("completed_at")] public DateTime? CompletedAt { get; init; }

    /// <summary>The entity of the job that creates a runner for it; empty or the nil UUID unlocks the job.</summary>
    [JsonPropertyName("locked_by")] public string? LockedBy { get; init; }
}
