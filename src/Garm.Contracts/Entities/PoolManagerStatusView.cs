using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>How an entity's runner manager fares, as whoever provides its runners says; <c>{}</c> while nobody has said.</summary>
public sealed record PoolManagerStatusView
{
    /// <summary>No manager.</summary>
    public static PoolManagerStatusView None { get; } = new();

    [JsonPropertyName("running"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Running { get; init; }

    [JsonPropertyName("failure_reason")] public string? FailureReason { get; init; }
}
