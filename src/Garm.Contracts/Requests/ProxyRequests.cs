using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new proxy. Absent and null mean the same, in all requests.</summary>
public sealed record CreateProxyRequest
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>http, https or socks5, without credentials.</summary>
    [JsonPropertyName("http_proxy")] public string? HttpProxy { get; init; }

    /// <summary>http, https or socks5, without credentials.</summary>
    [JsonPropertyName("https_proxy")] public string? HttpsProxy { get; init; }

    [JsonPropertyName("no_proxy")] public string? NoProxy { get; init; }

    [JsonPropertyName("username")] public string? Username { get; init; }

    [JsonPropertyName("password")] public string? Password { get; init; }
}

/// <summary>Changes of a proxy. Absent fields stay as they are.</summary>
public sealed record UpdateProxyRequest
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("http_proxy")] public string? HttpProxy { get; init; }

    [JsonPropertyName("https_proxy")] public string? HttpsProxy { get; init; }

    [JsonPropertyName("no_proxy")] public string? NoProxy { get; init; }

    [JsonPropertyName("username")] public string? Username { get; init; }

    /// <summary>Empty removes it.</summary>
    [JsonPropertyName("password")] public string? Password { get; init; }
}
