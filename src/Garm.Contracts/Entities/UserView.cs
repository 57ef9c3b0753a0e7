using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A user of the hub, as GARM's first run shows it; the password is never shown.</summary>
public sealed record UserView
{
    [JsonPropertyName("id")] public string? Id { get; init; }

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    [JsonPropertyName("email")] public string? Email { get; init; }

    [JsonPropertyName("username")] public string? Username { get; init; }

    [JsonPropertyName("full_name")] public string? FullName { get; init; }

    [JsonPropertyName("enabled")] public bool Enabled { get; init; }

    [JsonPropertyName("is_admin")] public bool IsAdmin { get; init; }
}
