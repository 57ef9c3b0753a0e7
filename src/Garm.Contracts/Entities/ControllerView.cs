using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>The controller's settings, as GARM shows them.</summary>
public sealed record ControllerView
{
    [JsonPropertyName("controller_id")] public required string ControllerId { get; init; }

    /// <summary>The answering node's host name; GARM shows it in answers to reads and not in events.</summary>
    [JsonPropertyName("hostname")] public string? Hostname { get; init; }

    [JsonPropertyName("metadata_url")] public string? MetadataUrl { get; init; }

    [JsonPropertyName("callback_url")] public string? CallbackUrl { get; init; }

    [JsonPropertyName("webhook_url")] public string? WebhookUrl { get; init; }

    /// <summary>The webhook URL with the controller's id; the bare id while there is no webhook URL.</summary>
    [JsonPropertyName("controller_webhook_url")] public string? ControllerWebhookUrl { get; init; }

    [JsonPropertyName("agent_url")] public string? AgentUrl { get; init; }

    [JsonPropertyName("garm_agent_releases_url")] public string? AgentReleasesUrl { get; init; }

    [JsonPropertyName("enable_agent_tools_sync")] public bool EnableAgentToolsSync { get; init; }

    [JsonPropertyName("garm_agent_version")] public string AgentVersion { get; init; } = "";

    [JsonPropertyName("allow_insecure_garm_agent")] public bool AllowInsecureAgent { get; init; }

    /// <summary>Seconds that a job must be old before a runner is made for it.</summary>
    [JsonPropertyName("minimum_job_age_backoff"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint MinimumJobAgeBackoff { get; init; }

    [JsonPropertyName("version")] public string? Version { get; init; }

    [JsonPropertyName("ca_cert_bundle")] public byte[]? CaCertBundle { get; init; }
}
