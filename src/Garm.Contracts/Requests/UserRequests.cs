using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>The first administrator, or a further user.</summary>
public sealed record CreateUserRequest
{
    [JsonPropertyName("username")] public string? Username { get; init; }

    [JsonPropertyName("email")] public string? Email { get; init; }

    [JsonPropertyName("full_name")] public string? FullName { get; init; }

    [JsonPropertyName("password")] public string? Password { get; init; }

    /// <summary>Default true. The first run ignores it: the first user is enabled.</summary>
    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    /// <summary>Default false. The first run ignores it: the first user is an administrator.</summary>
    [JsonPropertyName("is_admin")] public bool? IsAdmin { get; init; }
}

/// <summary>Changes of a user. Absent fields stay as they are. A password always voids the user's tokens.</summary>
public sealed record UpdateUserRequest
{
    [JsonPropertyName("username")] public string? Username { get; init; }

    [JsonPropertyName("email")] public string? Email { get; init; }

    [JsonPropertyName("full_name")] public string? FullName { get; init; }

    [JsonPropertyName("password")] public string? Password { get; init; }

    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    [JsonPropertyName("is_admin")] public bool? IsAdmin { get; init; }
}

/// <summary>A login.</summary>
public sealed record LoginRequest
{
    [JsonPropertyName("username")] public string? Username { get; init; }

    [JsonPropertyName("password")] public string? Password { get; init; }
}
