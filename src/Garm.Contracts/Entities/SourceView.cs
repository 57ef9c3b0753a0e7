using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A source; the password is never shown.</summary>
public sealed record SourceView
{
    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    [JsonPropertyName("url")] public string Url { get; init; } = "";

    [JsonPropertyName("username")] public string Username { get; init; } = "";

    /// <summary>PEM certificates, base64 in JSON.</summary>
    [JsonPropertyName("ca_cert_bundle")] public byte[]? CaCertBundle { get; init; }

    [JsonPropertyName("relist_seconds")] public int RelistSeconds { get; init; }

    [JsonPropertyName("enabled")] public bool Enabled { get; init; }

    [JsonPropertyName("hosts")] public IReadOnlyList<string> Hosts { get; init; } = [];

    [JsonPropertyName("status")] public SourceStatusView Status { get; init; } = new();
}

/// <summary>The state of a source's mirror.</summary>
public sealed record SourceStatusView
{
    /// <summary><c>connecting</c>, <c>listing</c>, <c>synced</c>, <c>retrying</c> or <c>disabled</c>.</summary>
    [JsonPropertyName("state")] public string State { get; init; } = "";

    /// <summary>The reason of the state in words; usually empty.</summary>
    [JsonPropertyName("message")] public string Message { get; init; } = "";

    /// <summary>The server's own id; empty until it was reached.</summary>
    [JsonPropertyName("controller_id")] public string ControllerId { get; init; } = "";

    /// <summary>The server's version; empty until it was reached.</summary>
    [JsonPropertyName("version")] public string Version { get; init; } = "";

    /// <summary>The node of the hub that mirrors it; empty when none does.</summary>
    [JsonPropertyName("node")] public string Node { get; init; } = "";

    /// <summary>How many entities are mirrored.</summary>
    [JsonPropertyName("entities")] public long Entities { get; init; }

    /// <summary>The number of changes that only a list found, after the first complete list.</summary>
    [JsonPropertyName("repairs")] public long Repairs { get; init; }

    /// <summary>When the server sent its last event, by the hub's clock; null for never.</summary>
    [JsonPropertyName("last_event_at")] public DateTime? LastEventAt { get; init; }

    /// <summary>When everything was last listed and compared, by the hub's clock; null for never.</summary>
    [JsonPropertyName("last_list_at")] public DateTime? LastListAt { get; init; }
}
