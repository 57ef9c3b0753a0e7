using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new pool of runners.</summary>
public sealed record CreatePoolRequest
{
    /// <summary>A configured provider.</summary>
    [JsonPropertyName("provider_name")] public string? ProviderName { get; init; }

    /// <summary>What runners' names begin with; <c>garm</c> when absent.</summary>
    [JsonPropertyName("runner_prefix")] public string? RunnerPrefix { get; init; }

    [JsonPropertyName("max_runners")] public uint? MaxRunners { get; init; }

    /// <summary>At most <c>max_runners</c>.</summary>
    [JsonPropertyName("min_idle_runners")] public uint? MinIdleRunners { get; init; }

    [JsonPropertyName("image")] public string? Image { get; init; }

    [JsonPropertyName("flavor")] public string? Flavor { get; init; }

    /// <summary><c>linux</c> or <c>windows</c>.</summary>
    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    /// <summary><c>amd64</c>, <c>i386</c>, <c>arm64</c> or <c>arm</c>.</summary>
    [JsonPropertyName("os_arch")] public string? OsArch { get; init; }

    [JsonPropertyName("tags")] public IReadOnlyList<string?>? Tags { get; init; }

    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    [JsonPropertyName("enable_shell")] public bool? EnableShell { get; init; }

    /// <summary>Minutes.</summary>
    [JsonPropertyName("runner_bootstrap_timeout")] public uint? RunnerBootstrapTimeout { get; init; }

    /// <summary>Any JSON, for the provider; here JSON null is a value, and only absence is absence.</summary>
    [JsonPropertyName("extra_specs")] public JsonElement ExtraSpecs { get; init; }

    [JsonPropertyName("github-runner-group")] public string? GithubRunnerGroup { get; init; }

    [JsonPropertyName("priority")] public uint? Priority { get; init; }

    /// <summary>Absent for the built-in one that fits.</summary>
    [JsonPropertyName("template_id")] public uint? TemplateId { get; init; }

    /// <summary>Absent or 0 for none.</summary>
    [JsonPropertyName("proxy_id")] public uint? ProxyId { get; init; }
}

/// <summary>What is to be changed of a pool; what is absent stays, and so does a text or a list that would be empty.</summary>
public sealed record UpdatePoolRequest
{
    [JsonPropertyName("runner_prefix")] public string? RunnerPrefix { get; init; }

    [JsonPropertyName("max_runners")] public uint? MaxRunners { get; init; }

    [JsonPropertyName("min_idle_runners")] public uint? MinIdleRunners { get; init; }

    [JsonPropertyName("image")] public string? Image { get; init; }

    [JsonPropertyName("flavor")] public string? Flavor { get; init; }

    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    [JsonPropertyName("os_arch")] public string? OsArch { get; init; }

    /// <summary>They replace all tags; the same ones again count as a change.</summary>
    [JsonPropertyName("tags")] public IReadOnlyList<string?>? Tags { get; init; }

    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    [JsonPropertyName("enable_shell")] public bool? EnableShell { get; init; }

    /// <summary>Minutes.</summary>
    [JsonPropertyName("runner_bootstrap_timeout")] public uint? RunnerBootstrapTimeout { get; init; }

    /// <summary>Any JSON, for the provider; here JSON null is a value, and only absence is absence.</summary>
    [JsonPropertyName("extra_specs")] public JsonElement ExtraSpecs { get; init; }

    /// <summary>Empty removes it.</summary>
    [JsonPropertyName("github-runner-group")] public string? GithubRunnerGroup { get; init; }

    [JsonPropertyName("priority")] public uint? Priority { get; init; }

    [JsonPropertyName("template_id")] public uint? TemplateId { get; init; }

    /// <summary>0 removes it.</summary>
    [JsonPropertyName("proxy_id")] public uint? ProxyId { get; init; }
}
