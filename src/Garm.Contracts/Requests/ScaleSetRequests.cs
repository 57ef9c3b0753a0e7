using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new scale set, registered at the forge already or later.</summary>
public sealed record CreateScaleSetRequest : CreateRunnerSettings
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>
    /// The forge's number of the scale set, from 1; 0, which GARM's command line always sends, before it is registered there. GARM registers
    /// the scale set itself; this hub calls no forge, so the client that registers it sends the number, here or in an update. Required,
    /// so that a missing number is an error.
    /// </summary>
    [JsonPropertyName("scale_set_id")] public int? ScaleSetId { get; init; }

    [JsonPropertyName("disable_update")] public bool? DisableUpdate { get; init; }

    /// <summary>Further labels beside the name.</summary>
    [JsonPropertyName("labels")] public IReadOnlyList<string?>? Labels { get; init; }
}

/// <summary>Changes of a scale set. Absent fields and empty texts stay as they are.</summary>
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
    /// Not in GARM, which gets it from the forge: the number, from 1, that the forge gave the scale set. No other scale set of the
    /// entity may have it.
    /// </summary>
    [JsonPropertyName("scale_set_id")] public int? ScaleSetId { get; init; }

    /// <summary>Not in GARM, whose listener sets it: how many runners the forge asks for.</summary>
    [JsonPropertyName("desired_runner_count")] public int? DesiredRunnerCount { get; init; }
}
