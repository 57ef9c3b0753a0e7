using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new source: a GARM server, or another hub, whose entities this hub mirrors.</summary>
public sealed record CreateSourceRequest
{
    /// <summary>Lower-case letters, digits and hyphens, up to 63. It is in the events, and cannot be changed.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>The server's base URL, http or https, without <c>/api/v1</c>.</summary>
    [JsonPropertyName("url")] public string? Url { get; init; }

    /// <summary>An administrator of the server.</summary>
    [JsonPropertyName("username")] public string? Username { get; init; }

    /// <summary>The administrator's password; never shown.</summary>
    [JsonPropertyName("password")] public string? Password { get; init; }

    /// <summary>PEM certificates of authorities that are trusted for this server besides the system's: base64, or the PEM text itself.</summary>
    [JsonPropertyName("ca_cert_bundle")] public string? CaCertBundle { get; init; }

    /// <summary>How often everything is listed again, in seconds, from 1 to 86,400. Default 60.</summary>
    [JsonPropertyName("relist_seconds")] public long? RelistSeconds { get; init; }

    /// <summary>Default true.</summary>
    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    /// <summary>The host names under which the hub answers in front of the server, each with a port where clients name one; unique among all sources.</summary>
    [JsonPropertyName("hosts")] public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>Unknown fields; they are refused.</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>Changes of a source. Absent fields stay as they are.</summary>
public sealed record UpdateSourceRequest
{
    /// <summary>Only the present name is accepted: it cannot be changed.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>The server's base URL, http or https, without <c>/api/v1</c>.</summary>
    [JsonPropertyName("url")] public string? Url { get; init; }

    /// <summary>An administrator of the server.</summary>
    [JsonPropertyName("username")] public string? Username { get; init; }

    /// <summary>The administrator's password; never shown.</summary>
    [JsonPropertyName("password")] public string? Password { get; init; }

    /// <summary>PEM certificates, base64 or the PEM text itself; an empty text removes them.</summary>
    [JsonPropertyName("ca_cert_bundle")] public string? CaCertBundle { get; init; }

    /// <summary>From 1 to 86,400.</summary>
    [JsonPropertyName("relist_seconds")] public long? RelistSeconds { get; init; }

    /// <summary>The hub does not connect to a source that is disabled; what was mirrored stays.</summary>
    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    /// <summary>They replace all host names.</summary>
    [JsonPropertyName("hosts")] public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>Unknown fields; they are refused.</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
