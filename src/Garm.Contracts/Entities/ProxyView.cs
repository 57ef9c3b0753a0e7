using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>An outbound proxy, as GARM shows it; the password is never shown.</summary>
public sealed record ProxyView
{
    [JsonPropertyName("id")] public long Id { get; init; }

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("http_proxy")] public string? HttpProxy { get; init; }

    [JsonPropertyName("https_proxy")] public string? HttpsProxy { get; init; }

    [JsonPropertyName("no_proxy")] public string? NoProxy { get; init; }

    [JsonPropertyName("username")] public string? Username { get; init; }
}
