using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new runner of a pool or a scale set. GARM has no such request, because its own manager creates runners.</summary>
public sealed record CreateInstanceRequest
{
    /// <summary>When absent, the hub makes one: the pool's prefix and twelve random letters and digits.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>The forge's number of the runner, where it is registered already.</summary>
    [JsonPropertyName("agent_id")] public long? AgentId { get; init; }

    /// <summary>
    /// The runner's just-in-time configuration: files by name, in base64. Only the runner itself can read it back, with its
    /// token.
    /// </summary>
    [JsonPropertyName("jit_configuration")] public IReadOnlyDictionary<string, string>? JitConfiguration { get; init; }

    /// <summary>
    /// The token with which the runner registers at the forge without a just-in-time configuration. Only the runner itself can read
    /// it back, once in each attempt.
    /// </summary>
    [JsonPropertyName("registration_token")] public string? RegistrationToken { get; init; }

    /// <summary>The queued job (<c>id</c> in <c>/jobs</c>) that the runner is created for; the entity locks it.</summary>
    [JsonPropertyName("job_id")] public long? JobId { get; init; }
}

/// <summary>
/// Changes of a runner. Absent fields stay as they are, except the provider's fault, which each change clears. GARM has no such request.
/// </summary>
public sealed record UpdateInstanceRequest
{
    /// <summary>The machine's next state.</summary>
    [JsonPropertyName("status")] public string? Status { get; init; }

    /// <summary>The runner's next state.</summary>
    [JsonPropertyName("runner_status")] public string? RunnerStatus { get; init; }

    [JsonPropertyName("provider_id")] public string? ProviderId { get; init; }

    /// <summary>Once it is known it cannot become another; 0 stands for none.</summary>
    [JsonPropertyName("agent_id")] public long? AgentId { get; init; }

    [JsonPropertyName("os_name")] public string? OsName { get; init; }

    [JsonPropertyName("os_version")] public string? OsVersion { get; init; }

    /// <summary>They replace all addresses; an empty list is ignored.</summary>
    [JsonPropertyName("addresses")] public IReadOnlyList<AddressRequest>? Addresses { get; init; }

    /// <summary>The provider's error, in base64.</summary>
    [JsonPropertyName("provider_fault")] public byte[]? ProviderFault { get; init; }

    /// <summary>When the agent on the machine last sent a heartbeat.</summary>
    [JsonPropertyName("heartbeat")] public DateTime? Heartbeat { get; init; }

    [JsonPropertyName("capabilities")] public AgentCapabilitiesRequest? Capabilities { get; init; }

    /// <summary>As at creation.</summary>
    [JsonPropertyName("jit_configuration")] public IReadOnlyDictionary<string, string>? JitConfiguration { get; init; }

    /// <summary>As at creation; another one can be read again.</summary>
    [JsonPropertyName("registration_token")] public string? RegistrationToken { get; init; }
}

/// <summary>An address of a machine.</summary>
public sealed record AddressRequest
{
    [JsonPropertyName("address")] public string? Address { get; init; }

    /// <summary><c>public</c> or <c>private</c>.</summary>
    [JsonPropertyName("type")] public string? Type { get; init; }
}

/// <summary>What the agent on a machine can do.</summary>
public sealed record AgentCapabilitiesRequest
{
    [JsonPropertyName("has_shell")] public bool? HasShell { get; init; }
}
