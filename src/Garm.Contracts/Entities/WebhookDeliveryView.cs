using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>The outcome of a webhook delivery. GARM has no such list.</summary>
public sealed record WebhookDeliveryView
{
    /// <summary>The forge's id of it.</summary>
    [JsonPropertyName("id")] public string? Id { get; init; }

    [JsonPropertyName("received_at")] public DateTime ReceivedAt { get; init; }

    /// <summary>The event that it reports, such as <c>workflow_job</c> or <c>ping</c>.</summary>
    [JsonPropertyName("event")] public string? Event { get; init; }

    /// <summary>What happened to the job, such as <c>queued</c>.</summary>
    [JsonPropertyName("action")] public string? Action { get; init; }

    /// <summary>The forge's number of the job.</summary>
    [JsonPropertyName("workflow_job_id")] public long? WorkflowJobId { get; init; }

    /// <summary>The entity, as the forge names it: <c>repository acme/site</c>.</summary>
    [JsonPropertyName("entity")] public string? Entity { get; init; }

    /// <summary><c>accepted</c>; <c>ignored</c>, with success; or <c>refused</c>.</summary>
    [JsonPropertyName("outcome")] public string Outcome { get; init; } = "";

    /// <summary>Why it was not accepted, in one word; <c>docs/runners.md</c> lists them.</summary>
    [JsonPropertyName("reason")] public string? Reason { get; init; }

    /// <summary>The reason in words.</summary>
    [JsonPropertyName("details")] public string? Details { get; init; }

    /// <summary>The HTTP status that it was answered with.</summary>
    [JsonPropertyName("status")] public int Status { get; init; }
}
