using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A runner and the machine it runs on, as GARM shows it. Its JIT configuration and its token are never shown.</summary>
public sealed record InstanceView
{
    [JsonPropertyName("id")] public string? Id { get; init; }

    /// <summary>The provider's id of the machine.</summary>
    [JsonPropertyName("provider_id")] public string? ProviderId { get; init; }

    /// <summary>The provider of the pool or scale set; empty where the instance is shown inside one of these.</summary>
    [JsonPropertyName("provider_name")] public string ProviderName { get; init; } = "";

    /// <summary>The forge's number for the runner; 0 while there is none, and left out then.</summary>
    [JsonPropertyName("agent_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long AgentId { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    [JsonPropertyName("os_name")] public string? OsName { get; init; }

    [JsonPropertyName("os_version")] public string? OsVersion { get; init; }

    [JsonPropertyName("os_arch")] public string? OsArch { get; init; }

    /// <summary>Absent in lists.</summary>
    [JsonPropertyName("addresses")] public IReadOnlyList<AddressView>? Addresses { get; init; }

    /// <summary>The machine's state.</summary>
    [JsonPropertyName("status")] public string? Status { get; init; }

    /// <summary>The runner's state.</summary>
    [JsonPropertyName("runner_status")] public string? RunnerStatus { get; init; }

    [JsonPropertyName("pool_id")] public string? PoolId { get; init; }

    /// <summary>This hub's number of the scale set, not the forge's.</summary>
    [JsonPropertyName("scale_set_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ScaleSetId { get; init; }

    /// <summary>The provider's error; the next change of the instance removes it.</summary>
    [JsonPropertyName("provider_fault")] public byte[]? ProviderFault { get; init; }

    /// <summary>What the runner reported, oldest first; absent in lists.</summary>
    [JsonPropertyName("status_messages")] public IReadOnlyList<StatusMessageView>? StatusMessages { get; init; }

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    [JsonPropertyName("github-runner-group")] public string? GithubRunnerGroup { get; init; }

    /// <summary>The job that the runner works on, without <c>runner_name</c>.</summary>
    [JsonPropertyName("job")] public JobView? Job { get; init; }

    /// <summary>When the agent on the machine last sent a heartbeat.</summary>
    [JsonPropertyName("heartbeat")] public DateTime Heartbeat { get; init; }

    [JsonPropertyName("capabilities")] public AgentCapabilitiesView Capabilities { get; init; } = new();

    /// <summary>The generation of the pool or scale set when the runner was created.</summary>
    [JsonPropertyName("generation")] public ulong Generation { get; init; }
}

/// <summary>An address of a machine.</summary>
public sealed record AddressView
{
    [JsonPropertyName("address")] public string Address { get; init; } = "";

    /// <summary><c>public</c> or <c>private</c>.</summary>
    [JsonPropertyName("type")] public string Type { get; init; } = "";
}

/// <summary>Something that a runner reported.</summary>
public sealed record StatusMessageView
{
    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("message")] public string? Message { get; init; }

    /// <summary><c>status</c> or <c>fetchToken</c>.</summary>
    [JsonPropertyName("event_type")] public string? EventType { get; init; }

    /// <summary><c>info</c>, <c>warning</c> or <c>error</c>.</summary>
    [JsonPropertyName("event_level")] public string? EventLevel { get; init; }
}

/// <summary>What the agent on a machine can do.</summary>
public sealed record AgentCapabilitiesView
{
    [JsonPropertyName("has_shell")] public bool HasShell { get; init; }
}
