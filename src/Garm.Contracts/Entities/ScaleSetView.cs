using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A scale set of runners, as GARM shows it.</summary>
public sealed record ScaleSetView
{
    [JsonPropertyName("runner_prefix")] public string? RunnerPrefix { get; init; }

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    [JsonPropertyName("id")] public long Id { get; init; }

    /// <summary>The forge's number; absent while the scale set is not registered there.</summary>
    [JsonPropertyName("scale_set_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ScaleSetId { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("disable_update")] public bool DisableUpdate { get; init; }

    [JsonPropertyName("state")] public string State { get; init; } = "";

    [JsonPropertyName("extended_state")] public string? ExtendedState { get; init; }

    [JsonPropertyName("provider_name")] public string? ProviderName { get; init; }

    [JsonPropertyName("max_runners"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint MaxRunners { get; init; }

    [JsonPropertyName("min_idle_runners"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint MinIdleRunners { get; init; }

    [JsonPropertyName("image")] public string? Image { get; init; }

    [JsonPropertyName("flavor")] public string? Flavor { get; init; }

    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    [JsonPropertyName("os_arch")] public string? OsArch { get; init; }

    [JsonPropertyName("enabled"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Enabled { get; init; }

    /// <summary>Its runners, each without provider's name, addresses and messages; absent in lists.</summary>
    [JsonPropertyName("instances")] public IReadOnlyList<InstanceView>? Instances { get; init; }

    /// <summary>How many runners the forge asks for.</summary>
    [JsonPropertyName("desired_runner_count"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int DesiredRunnerCount { get; init; }

    [JsonPropertyName("enable_shell")] public bool EnableShell { get; init; }

    /// <summary>Raised by each change that a runner would notice.</summary>
    [JsonPropertyName("generation")] public ulong Generation { get; init; }

    [JsonPropertyName("endpoint")] public EndpointView Endpoint { get; init; } = EndpointView.Empty;

    /// <summary>Minutes that a runner may take to come up.</summary>
    [JsonPropertyName("runner_bootstrap_timeout"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint RunnerBootstrapTimeout { get; init; }

    /// <summary>JSON for the provider, passed on unchanged; a JSON null stays one.</summary>
    [JsonPropertyName("extra_specs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? ExtraSpecs { get; init; }

    [JsonPropertyName("github-runner-group")] public string? GithubRunnerGroup { get; init; }

    /// <summary>The labels, apart from the scale set's name, which always is one.</summary>
    [JsonPropertyName("tags")] public IReadOnlyList<TagView>? Tags { get; init; }

    /// <summary>GARM never fills it; always JSON null.</summary>
    [JsonPropertyName("status_messages"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<StatusMessageView>? StatusMessages { get; init; }

    [JsonPropertyName("repo_id")] public string? RepoId { get; init; }

    /// <summary><c>owner/name</c>.</summary>
    [JsonPropertyName("repo_name")] public string? RepoName { get; init; }

    [JsonPropertyName("org_id")] public string? OrgId { get; init; }

    [JsonPropertyName("org_name")] public string? OrgName { get; init; }

    [JsonPropertyName("enterprise_id")] public string? EnterpriseId { get; init; }

    [JsonPropertyName("enterprise_name")] public string? EnterpriseName { get; init; }

    [JsonPropertyName("template_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TemplateId { get; init; }

    /// <summary>Absent in lists.</summary>
    [JsonPropertyName("template_name")] public string? TemplateName { get; init; }

    [JsonPropertyName("proxy_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ProxyId { get; init; }

    /// <summary>Absent in lists.</summary>
    [JsonPropertyName("proxy_name")] public string? ProxyName { get; init; }
}
