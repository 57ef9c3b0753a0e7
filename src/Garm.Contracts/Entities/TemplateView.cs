using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A runner installation template, as GARM shows it.</summary>
public sealed record TemplateView
{
    [JsonPropertyName("id")] public long Id { get; init; }

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string Description { get; init; } = "";

    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    [JsonPropertyName("forge_type")] public string? ForgeType { get; init; }

    /// <summary>The script; null in lists.</summary>
    [JsonPropertyName("data"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public byte[]? Data { get; init; }

    /// <summary>The name of the user who made it, or <c>system</c>.</summary>
    [JsonPropertyName("owner_id")] public string? OwnerId { get; init; }
}
