using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A configured source of runners, as GARM shows it.</summary>
public sealed record ProviderView
{
    [JsonPropertyName("name")] public required string Name { get; init; }

    [JsonPropertyName("type")] public required string Type { get; init; }

    [JsonPropertyName("description")] public required string Description { get; init; }
}
