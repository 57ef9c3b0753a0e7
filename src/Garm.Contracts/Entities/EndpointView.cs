using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A forge's addresses. The default value is what GARM shows where it shows no endpoint: two zero times.</summary>
public sealed record EndpointView
{
    /// <summary>An empty endpoint.</summary>
    public static EndpointView Empty { get; } = new();

    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("api_base_url")] public string? ApiBaseUrl { get; init; }

    [JsonPropertyName("upload_base_url")] public string? UploadBaseUrl { get; init; }

    [JsonPropertyName("base_url")] public string? BaseUrl { get; init; }

    /// <summary>PEM certificates, base64 in JSON.</summary>
    [JsonPropertyName("ca_cert_bundle")] public byte[]? CaCertBundle { get; init; }

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    /// <summary>Where Gitea's runner releases are listed; absent for GitHub.</summary>
    [JsonPropertyName("tools_metadata_url")] public string? ToolsMetadataUrl { get; init; }

    /// <summary>Whether the hub's own list of Gitea's runner releases is used; absent for GitHub.</summary>
    [JsonPropertyName("use_internal_tools_metadata")] public bool? UseInternalToolsMetadata { get; init; }

    /// <summary><c>github</c> or <c>gitea</c>.</summary>
    [JsonPropertyName("endpoint_type")] public string? EndpointType { get; init; }
}
