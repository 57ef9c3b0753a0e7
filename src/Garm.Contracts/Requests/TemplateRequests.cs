using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new runner installation template.</summary>
public sealed record CreateTemplateRequest
{
    /// <summary>Unique among the templates of the user who makes it; case counts.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>A template of Go's <c>text/template</c>, base64 in JSON.</summary>
    [JsonPropertyName("data")] public byte[]? Data { get; init; }

    /// <summary><c>linux</c> or <c>windows</c>.</summary>
    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    /// <summary><c>github</c> or <c>gitea</c>.</summary>
    [JsonPropertyName("forge_type")] public string? ForgeType { get; init; }
}

/// <summary>Changes of a template. Absent fields stay as they are.</summary>
public sealed record UpdateTemplateRequest
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>Empty is as if absent.</summary>
    [JsonPropertyName("data")] public byte[]? Data { get; init; }
}

/// <summary>Which built-in templates get their first content back.</summary>
public sealed record RestoreTemplatesRequest
{
    [JsonPropertyName("forge")] public string? Forge { get; init; }

    [JsonPropertyName("os_type")] public string? OsType { get; init; }

    /// <summary>All four; the other fields are ignored.</summary>
    [JsonPropertyName("restore_all")] public bool? RestoreAll { get; init; }
}
