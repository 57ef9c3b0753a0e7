using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new scale set, which the forge knows already or is told of later.</summary>
public sealed record CreateScaleSetRequest : CreateRunnerSettings
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>
    /// The forge's number of it, from 1; 0, which GARM's command line always sends, when it is not registered there yet. GARM
    /// registers the scale set and learns the number; this hub calls no forge, so that whoever registers it tells the number,
    /// here or in an update. Required, so that a forgotten number is told from one to come.
    /// </summary>
    [JsonPropertyName("scale_set_id")] public int? ScaleSetId { get; init; }

    [JsonPropertyName("disable_update")] public bool? DisableUpdate { get; init; }

    /// <summary>Further labels beside the name.</summary>
    [JsonPropertyName("labels")] public IReadOnlyList<string?>? Labels { get; init; }
}

/// <summary>What is to be changed of a scale set; what is absent stays, and so does a text that would be empty.</summary>
public sealed record UpdateScaleSetRequest : RunnerSettings
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("disable_update")] public bool? DisableUpdate { get; init; }

    /// <summary>The runner group; its name differs from the one at creation, as GARM has it.</summary>
    [JsonPropertyName("runner_group")] public string? RunnerGroup { get; init; }

    /// <summary>One of the states of a scale set.</summary>
    [JsonPropertyName("state")] public string? State { get; init; }

    [JsonPropertyName("extended_state")] public string? ExtendedState { get; init; }

    /// <summary>
    /// Beyond GARM, which learns it from the forge: the number, from 1, that the forge gave the scale set. No other scale set of the
    /// entity may have it.
    /// </summary>
    [JsonPropertyName("scale_set_id")] public int? ScaleSetId { get; init; }

    /// <summary>Beyond GARM, whose listener sets it: how many runners the forge asks for.</summary>
    [JsonPropertyName("desired_runner_count")] public int? DesiredRunnerCount { get; init; }
}
