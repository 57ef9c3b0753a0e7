using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A pool of runners, as GARM shows it.</summary>
public sealed record PoolView
{
    [JsonPropertyName("runner_prefix")] public string? RunnerPrefix { get; init; }

    [JsonPropertyName("id")] public string? Id { get; init; }

    [JsonPropertyName("provider_name")] public string? ProviderName { get; init; }

    [JsonPropertyName("max_runners"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint MaxRunners { get; init; }

    [JsonPropertyName("min_idle_runners"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint MinIdleRunners { get; init; }

    [JsonPropertyName("image")] public string? Image { get; init; }

    [JsonPropertyName("flavor")] public string? Flavor { get; init; }

    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    [JsonPropertyName("os_arch")] public string? OsArch { get; init; }

    [JsonPropertyName("tags")] public IReadOnlyList<TagView>? Tags { get; init; }

    [JsonPropertyName("enabled"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Enabled { get; init; }

    /// <summary>Its runners, each without provider's name, addresses and messages; absent in lists.</summary>
    [JsonPropertyName("instances")] public IReadOnlyList<InstanceView>? Instances { get; init; }

    [JsonPropertyName("enable_shell")] public bool EnableShell { get; init; }

    /// <summary>Raised by each change that a runner would notice.</summary>
    [JsonPropertyName("generation")] public ulong Generation { get; init; }

    [JsonPropertyName("repo_id")] public string? RepoId { get; init; }

    /// <summary><c>owner/name</c>.</summary>
    [JsonPropertyName("repo_name")] public string? RepoName { get; init; }

    [JsonPropertyName("org_id")] public string? OrgId { get; init; }

    [JsonPropertyName("org_name")] public string? OrgName { get; init; }

    [JsonPropertyName("enterprise_id")] public string? EnterpriseId { get; init; }

    [JsonPropertyName("enterprise_name")] public string? EnterpriseName { get; init; }

    [JsonPropertyName("forge_instance_id")] public string? ForgeInstanceId { get; init; }

    [JsonPropertyName("endpoint")] public EndpointView Endpoint { get; init; } = EndpointView.Empty;

    /// <summary>Minutes that a runner may take to come up.</summary>
    [JsonPropertyName("runner_bootstrap_timeout"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint RunnerBootstrapTimeout { get; init; }

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    /// <summary>JSON for the provider, passed on unchanged; a JSON null stays one.</summary>
    [JsonPropertyName("extra_specs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? ExtraSpecs { get; init; }

    [JsonPropertyName("github-runner-group")] public string? GithubRunnerGroup { get; init; }

    [JsonPropertyName("priority"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint Priority { get; init; }

    [JsonPropertyName("template_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TemplateId { get; init; }

    [JsonPropertyName("template_name")] public string? TemplateName { get; init; }

    [JsonPropertyName("proxy_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ProxyId { get; init; }

    [JsonPropertyName("proxy_name")] public string? ProxyName { get; init; }
}

/// <summary>A label that runners of a pool carry. Stored once per server, whatever the pool.</summary>
public sealed record TagView
{
    [JsonPropertyName("id")] public string? Id { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }
}
