using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new scale set, which the forge knows already or is told of later.</summary>
public sealed record CreateScaleSetRequest
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>
    /// The forge's number of it, from 1; 0, which GARM's command line always sends, when it is not registered there yet. GARM
    /// registers the scale set and learns the number; this hub calls no forge, so that whoever registers it tells the number,
    /// here or in an update. Required, so that a forgotten number is told from one to come.
    /// </summary>
    [JsonPropertyName("scale_set_id")] public int? ScaleSetId { get; init; }

    [JsonPropertyName("disable_update")] public bool? DisableUpdate { get; init; }

    /// <summary>A configured provider.</summary>
    [JsonPropertyName("provider_name")] public string? ProviderName { get; init; }

    /// <summary>What runners' names begin with; <c>garm</c> when absent.</summary>
    [JsonPropertyName("runner_prefix")] public string? RunnerPrefix { get; init; }

    [JsonPropertyName("max_runners")] public uint? MaxRunners { get; init; }

    /// <summary>At most <c>max_runners</c>.</summary>
    [JsonPropertyName("min_idle_runners")] public uint? MinIdleRunners { get; init; }

    [JsonPropertyName("image")] public string? Image { get; init; }

    [JsonPropertyName("flavor")] public string? Flavor { get; init; }

    /// <summary><c>linux</c> or <c>windows</c>; the template must fit.</summary>
    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    [JsonPropertyName("os_arch")] public string? OsArch { get; init; }

    /// <summary>Further labels beside the name.</summary>
    [JsonPropertyName("labels")] public IReadOnlyList<string?>? Labels { get; init; }

    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    [JsonPropertyName("enable_shell")] public bool? EnableShell { get; init; }

    /// <summary>Minutes; 20 when absent or 0.</summary>
    [JsonPropertyName("runner_bootstrap_timeout")] public uint? RunnerBootstrapTimeout { get; init; }

    /// <summary>Any JSON, for the provider; here JSON null is a value, and only absence is absence.</summary>
    [JsonPropertyName("extra_specs")] public JsonElement ExtraSpecs { get; init; }

    /// <summary><c>Default</c> when absent.</summary>
    [JsonPropertyName("github-runner-group")] public string? GithubRunnerGroup { get; init; }

    /// <summary>Absent for the built-in one that fits.</summary>
    [JsonPropertyName("template_id")] public uint? TemplateId { get; init; }

    /// <summary>Absent or 0 for none.</summary>
    [JsonPropertyName("proxy_id")] public uint? ProxyId { get; init; }
}

/// <summary>What is to be changed of a scale set; what is absent stays, and so does a text that would be empty.</summary>
public sealed record UpdateScaleSetRequest
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("disable_update")] public bool? DisableUpdate { get; init; }

    [JsonPropertyName("runner_prefix")] public string? RunnerPrefix { get; init; }

    [JsonPropertyName("max_runners")] public uint? MaxRunners { get; init; }

    [JsonPropertyName("min_idle_runners")] public uint? MinIdleRunners { get; init; }

    [JsonPropertyName("image")] public string? Image { get; init; }

    [JsonPropertyName("flavor")] public string? Flavor { get; init; }

    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    [JsonPropertyName("os_arch")] public string? OsArch { get; init; }

    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    [JsonPropertyName("enable_shell")] public bool? EnableShell { get; init; }

    /// <summary>Minutes, from 1.</summary>
    [JsonPropertyName("runner_bootstrap_timeout")] public uint? RunnerBootstrapTimeout { get; init; }

    /// <summary>Any JSON, for the provider; here JSON null is a value, and only absence is absence.</summary>
    [JsonPropertyName("extra_specs")] public JsonElement ExtraSpecs { get; init; }

    /// <summary>The runner group; its name differs from the one at creation, as GARM has it.</summary>
    [JsonPropertyName("runner_group")] public string? RunnerGroup { get; init; }

    /// <summary>One of the states of a scale set.</summary>
    [JsonPropertyName("state")] public string? State { get; init; }

    [JsonPropertyName("extended_state")] public string? ExtendedState { get; init; }

    [JsonPropertyName("template_id")] public uint? TemplateId { get; init; }

    /// <summary>0 removes it.</summary>
    [JsonPropertyName("proxy_id")] public uint? ProxyId { get; init; }

    /// <summary>
    /// Beyond GARM, which learns it from the forge: the number, from 1, that the forge gave the scale set. No other scale set of the
    /// entity may have it.
    /// </summary>
    [JsonPropertyName("scale_set_id")] public int? ScaleSetId { get; init; }

    /// <summary>Beyond GARM, whose listener sets it: how many runners the forge asks for.</summary>
    [JsonPropertyName("desired_runner_count")] public int? DesiredRunnerCount { get; init; }
}
