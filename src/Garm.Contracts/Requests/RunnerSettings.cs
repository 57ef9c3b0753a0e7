using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>
/// The runners of a pool or scale set. In an update, an absent field stays as it is, and so does one with an empty text.
/// </summary>
public abstract record RunnerSettings
{
    /// <summary>The start of the runners' names; <c>garm</c> when absent at the creation.</summary>
    [JsonPropertyName("runner_prefix")] public string? RunnerPrefix { get; init; }

    [JsonPropertyName("max_runners")] public uint? MaxRunners { get; init; }

    /// <summary>At most <c>max_runners</c>.</summary>
    [JsonPropertyName("min_idle_runners")] public uint? MinIdleRunners { get; init; }

    [JsonPropertyName("image")] public string? Image { get; init; }

    [JsonPropertyName("flavor")] public string? Flavor { get; init; }

    /// <summary><c>linux</c> or <c>windows</c>; the template has to be for the same.</summary>
    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    /// <summary><c>amd64</c>, <c>i386</c>, <c>arm64</c> or <c>arm</c>.</summary>
    [JsonPropertyName("os_arch")] public string? OsArch { get; init; }

    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    [JsonPropertyName("enable_shell")] public bool? EnableShell { get; init; }

    /// <summary>Minutes. At the creation of a scale set, 20 when absent or 0; in an update of one, at least 1.</summary>
    [JsonPropertyName("runner_bootstrap_timeout")] public uint? RunnerBootstrapTimeout { get; init; }

    /// <summary>Any JSON, for the provider. JSON null is a value here, unlike in other fields.</summary>
    [JsonPropertyName("extra_specs")] public JsonElement ExtraSpecs { get; init; }

    /// <summary>When absent at the creation: the built-in template for the forge and the operating system.</summary>
    [JsonPropertyName("template_id")] public uint? TemplateId { get; init; }

    /// <summary>0 for none.</summary>
    [JsonPropertyName("proxy_id")] public uint? ProxyId { get; init; }
}

/// <summary>The runners of a new pool or scale set.</summary>
public abstract record CreateRunnerSettings : RunnerSettings
{
    /// <summary>A configured provider.</summary>
    [JsonPropertyName("provider_name")] public string? ProviderName { get; init; }

    /// <summary>For a scale set <c>Default</c> when absent.</summary>
    [JsonPropertyName("github-runner-group")] public string? GithubRunnerGroup { get; init; }
}
