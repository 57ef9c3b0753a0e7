using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>Changes of the controller's settings. Absent fields stay as they are.</summary>
public sealed record UpdateControllerRequest
{
    [JsonPropertyName("metadata_url")] public string? MetadataUrl { get; init; }

    [JsonPropertyName("callback_url")] public string? CallbackUrl { get; init; }

    [JsonPropertyName("webhook_url")] public string? WebhookUrl { get; init; }

    /// <summary>http, https, ws or wss.</summary>
    [JsonPropertyName("agent_url")] public string? AgentUrl { get; init; }

    [JsonPropertyName("garm_agent_releases_url")] public string? AgentReleasesUrl { get; init; }

    [JsonPropertyName("enable_agent_tools_sync")] public bool? EnableAgentToolsSync { get; init; }

    /// <summary><c>latest</c> or a version such as <c>v1.2.3</c>.</summary>
    [JsonPropertyName("garm_agent_version")] public string? AgentVersion { get; init; }

    [JsonPropertyName("allow_insecure_garm_agent")] public bool? AllowInsecureAgent { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("minimum_job_age_backoff")] public uint? MinimumJobAgeBackoff { get; init; }

    /// <summary>PEM certificates, base64 in JSON; always counts as a change, unless there is no certificate in it.</summary>
    [JsonPropertyName("ca_cert_bundle")] public byte[]? CaCertBundle { get; init; }

    [JsonPropertyName("clear_ca_cert_bundle")] public bool? ClearCaCertBundle { get; init; }
}
