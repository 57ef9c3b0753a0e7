using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A whole Gitea server, as GARM shows it; the webhook secret is never shown.</summary>
public sealed record ForgeInstanceView
{
    [JsonPropertyName("id")] public string? Id { get; init; }

    /// <summary>Its pools, each without tags, endpoint and names.</summary>
    [JsonPropertyName("pool")] public IReadOnlyList<PoolView>? Pools { get; init; }

    [JsonPropertyName("credentials_name")] public string? CredentialsName { get; init; }

    [JsonPropertyName("credentials")] public CredentialsView Credentials { get; init; } = CredentialsView.Empty;

    [JsonPropertyName("credentials_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long CredentialsId { get; init; }

    [JsonPropertyName("pool_manager_status")]
    public PoolManagerStatusView PoolManagerStatus { get; init; } = PoolManagerStatusView.None;

    [JsonPropertyName("pool_balancing_type")] public string? PoolBalancingType { get; init; }

    [JsonPropertyName("endpoint")] public EndpointView Endpoint { get; init; } = EndpointView.Empty;

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    [JsonPropertyName("agent_mode")] public bool AgentMode { get; init; }
}
