using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>The state of an entity's runner manager, as the runners' provider reported it; <c>{}</c> before the first report.</summary>
public sealed record PoolManagerStatusView
{
    /// <summary>No manager.</summary>
    public static PoolManagerStatusView None { get; } = new();

    [JsonPropertyName("running"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Running { get; init; }

    [JsonPropertyName("failure_reason")] public string? FailureReason { get; init; }
}
