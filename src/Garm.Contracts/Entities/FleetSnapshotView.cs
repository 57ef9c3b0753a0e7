using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>What <c>/ws/metrics</c> sends to dashboards every few seconds, as GARM does: entities, and the number of runners by state.</summary>
public sealed record FleetSnapshotView
{
    [JsonPropertyName("entities")] public required IReadOnlyList<SnapshotEntity> Entities { get; init; }

    [JsonPropertyName("pools")] public required IReadOnlyList<SnapshotPool> Pools { get; init; }

    [JsonPropertyName("scale_sets")] public required IReadOnlyList<SnapshotScaleSet> ScaleSets { get; init; }
}

/// <summary>A repository, organization, enterprise or forge instance.</summary>
public sealed record SnapshotEntity
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    /// <summary>A repository's with its owner; a forge instance's is its endpoint's.</summary>
    [JsonPropertyName("name")] public required string Name { get; init; }

    /// <summary><c>repository</c>, <c>organization</c>, <c>enterprise</c>, or <c>instance</c> for a forge instance.</summary>
    [JsonPropertyName("type")] public required string Type { get; init; }

    /// <summary>The endpoint's name.</summary>
    [JsonPropertyName("endpoint")] public required string Endpoint { get; init; }

    [JsonPropertyName("pool_count")] public int PoolCount { get; init; }

    [JsonPropertyName("scale_set_count")] public int ScaleSetCount { get; init; }

    /// <summary>Whether a runner manager is running, as in <c>pool_manager_status</c>.</summary>
    [JsonPropertyName("healthy")] public bool Healthy { get; init; }
}

/// <summary>What pools and scale sets have in common.</summary>
public abstract record SnapshotRunners
{
    [JsonPropertyName("provider_name")] public required string ProviderName { get; init; }

    [JsonPropertyName("os_type")] public required string OsType { get; init; }

    [JsonPropertyName("max_runners")] public uint MaxRunners { get; init; }

    [JsonPropertyName("enabled")] public bool Enabled { get; init; }

    [JsonPropertyName("repo_name")] public string? RepoName { get; init; }

    [JsonPropertyName("org_name")] public string? OrgName { get; init; }

    [JsonPropertyName("enterprise_name")] public string? EnterpriseName { get; init; }

    /// <summary>Runners by the machine's status.</summary>
    [JsonPropertyName("runner_counts")] public required IReadOnlyDictionary<string, int> RunnerCounts { get; init; }

    /// <summary>Runners by the runner's status.</summary>
    [JsonPropertyName("runner_status_counts")] public required IReadOnlyDictionary<string, int> RunnerStatusCounts { get; init; }
}

/// <summary>A pool.</summary>
public sealed record SnapshotPool : SnapshotRunners
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("forge_instance_name")] public string? ForgeInstanceName { get; init; }
}

/// <summary>A scale set.</summary>
public sealed record SnapshotScaleSet : SnapshotRunners
{
    [JsonPropertyName("id")] public required long Id { get; init; }

    [JsonPropertyName("name")] public required string Name { get; init; }
}
