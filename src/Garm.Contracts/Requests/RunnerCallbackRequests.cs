using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A runner's report of its progress (<c>/callbacks/status</c>).</summary>
public sealed record InstanceStatusRequest
{
    /// <summary>The runner's next state; absent to leave it as it is.</summary>
    [JsonPropertyName("status")] public string? Status { get; init; }

    [JsonPropertyName("message")] public string? Message { get; init; }

    [JsonPropertyName("agent_id")] public long? AgentId { get; init; }
}

/// <summary>A runner's report of its operating system (<c>/callbacks/system-info</c>).</summary>
public sealed record InstanceSystemInfoRequest
{
    [JsonPropertyName("os_name")] public string? OsName { get; init; }

    [JsonPropertyName("os_version")] public string? OsVersion { get; init; }

    [JsonPropertyName("agent_id")] public long? AgentId { get; init; }
}
