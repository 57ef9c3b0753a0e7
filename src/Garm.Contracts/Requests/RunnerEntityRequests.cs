using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new organization or enterprise.</summary>
public record CreateEntityRequest
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>They also determine the endpoint.</summary>
    [JsonPropertyName("credentials_name")] public string? CredentialsName { get; init; }

    /// <summary>The secret with which the forge signs its webhooks.</summary>
    [JsonPropertyName("webhook_secret")] public string? WebhookSecret { get; init; }

    /// <summary><c>roundrobin</c>, which is the default, or <c>pack</c>.</summary>
    [JsonPropertyName("pool_balancer_type")] public string? PoolBalancerType { get; init; }

    /// <summary>The forge of the credentials: <c>github</c> or <c>gitea</c>; absent for either. Enterprises ignore it.</summary>
    [JsonPropertyName("forge_type")] public string? ForgeType { get; init; }

    [JsonPropertyName("agent_mode")] public bool? AgentMode { get; init; }
}

/// <summary>A new repository.</summary>
public sealed record CreateRepositoryRequest : CreateEntityRequest
{
    [JsonPropertyName("owner")] public string? Owner { get; init; }
}

/// <summary>A new forge instance; its name is its endpoint's.</summary>
public sealed record CreateForgeInstanceRequest : CreateEntityRequest
{
    /// <summary>The endpoint of the credentials, in the same spelling.</summary>
    [JsonPropertyName("endpoint_name")] public string? EndpointName { get; init; }
}

/// <summary>The state of an entity's runner manager, reported by the runners' provider. GARM sets it itself.</summary>
public sealed record PoolManagerStatusRequest
{
    [JsonPropertyName("running")] public bool? Running { get; init; }

    /// <summary>Why not; only when it is not running.</summary>
    [JsonPropertyName("failure_reason")] public string? FailureReason { get; init; }
}

/// <summary>Changes of a repository, organization, enterprise or forge instance. Absent and empty fields stay as they are.</summary>
public sealed record UpdateEntityRequest
{
    /// <summary>Its new name, after it was renamed at the forge. GARM ignores it. A forge instance has the name of its endpoint.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>A repository's new owner.</summary>
    [JsonPropertyName("owner")] public string? Owner { get; init; }

    /// <summary>They must be for the same endpoint.</summary>
    [JsonPropertyName("credentials_name")] public string? CredentialsName { get; init; }

    [JsonPropertyName("webhook_secret")] public string? WebhookSecret { get; init; }

    [JsonPropertyName("pool_balancer_type")] public string? PoolBalancerType { get; init; }

    [JsonPropertyName("agent_mode")] public bool? AgentMode { get; init; }
}
