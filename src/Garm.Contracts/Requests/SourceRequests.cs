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

    /// <summary>PEM certificates that the server's certificate may come from, besides those that the system trusts: base64, or the PEM text itself.</summary>
    [JsonPropertyName("ca_cert_bundle")] public string? CaCertBundle { get; init; }

    /// <summary>How often everything is listed again, in seconds, from 1 to 86,400. Default 60.</summary>
    [JsonPropertyName("relist_seconds")] public long? RelistSeconds { get; init; }

    /// <summary>Default true.</summary>
    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    /// <summary>The host names that the hub stands in front of the server with, each with a port where it is part of the name; unique over all sources.</summary>
    [JsonPropertyName("hosts")] public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>Fields that there are none of.</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>Changes of a source. Absent fields stay as they are.</summary>
public sealed record UpdateSourceRequest
{
    /// <summary>Only as it is: the name cannot be changed.</summary>
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

    /// <summary>A source that is not enabled is not connected to; what was mirrored stays.</summary>
    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    /// <summary>All host names anew.</summary>
    [JsonPropertyName("hosts")] public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>Fields that there are none of.</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
