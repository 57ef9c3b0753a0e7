using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>New credentials for a GitHub endpoint.</summary>
public sealed record CreateGithubCredentialsRequest
{
    /// <summary>Unique without regard to case.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>The endpoint's name.</summary>
    [JsonPropertyName("endpoint")] public string? Endpoint { get; init; }

    /// <summary><c>pat</c> or <c>app</c>: selects <c>pat</c> or <c>app</c> below; the other one is ignored.</summary>
    [JsonPropertyName("auth_type")] public string? AuthType { get; init; }

    [JsonPropertyName("pat")] public GithubPat? Pat { get; init; }

    [JsonPropertyName("app")] public GithubApp? App { get; init; }
}

/// <summary>Changes of credentials. Absent fields stay as they are. Their kind and endpoint cannot be changed.</summary>
public sealed record UpdateGithubCredentialsRequest
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>Only for credentials of this kind.</summary>
    [JsonPropertyName("pat")] public GithubPat? Pat { get; init; }

    /// <summary>Only for credentials of this kind.</summary>
    [JsonPropertyName("app")] public GithubApp? App { get; init; }
}

/// <summary>A personal access token.</summary>
public sealed record GithubPat
{
    [JsonPropertyName("oauth2_token")] public string? Oauth2Token { get; init; }

    /// <summary>Without the token, so that a log line with a request does not show it.</summary>
    public override string ToString() => nameof(GithubPat);
}

/// <summary>A GitHub App's installation.</summary>
public sealed record GithubApp
{
    [JsonPropertyName("app_id")] public long? AppId { get; init; }

    [JsonPropertyName("installation_id")] public long? InstallationId { get; init; }

    /// <summary>The App's RSA key as a PKCS#1 PEM, base64 in JSON.</summary>
    [JsonPropertyName("private_key_bytes")] public byte[]? PrivateKeyBytes { get; init; }
}
