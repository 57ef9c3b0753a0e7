using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new Gitea endpoint.</summary>
public sealed record CreateGiteaEndpointRequest
{
    /// <summary>Unique without regard to case, also among the endpoints of other forges.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>http or https.</summary>
    [JsonPropertyName("api_base_url")] public string? ApiBaseUrl { get; init; }

    /// <summary>http or https; may be relative to the API's.</summary>
    [JsonPropertyName("base_url")] public string? BaseUrl { get; init; }

    /// <summary>http or https; may be relative to the base URL. Gitea's own list when absent.</summary>
    [JsonPropertyName("tools_metadata_url")] public string? ToolsMetadataUrl { get; init; }

    [JsonPropertyName("use_internal_tools_metadata")] public bool? UseInternalToolsMetadata { get; init; }

    /// <summary>PEM certificates, base64 in JSON; dropped when there is no certificate in it.</summary>
    [JsonPropertyName("ca_cert_bundle")] public byte[]? CaCertBundle { get; init; }
}

/// <summary>Changes of a Gitea endpoint. Absent fields stay as they are. The name cannot be changed.</summary>
public sealed record UpdateGiteaEndpointRequest
{
    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>Like the other URLs absolute, http or https; neither of the first two can change while there are credentials.</summary>
    [JsonPropertyName("api_base_url")] public string? ApiBaseUrl { get; init; }

    [JsonPropertyName("base_url")] public string? BaseUrl { get; init; }

    /// <summary>Empty is as if absent.</summary>
    [JsonPropertyName("tools_metadata_url")] public string? ToolsMetadataUrl { get; init; }

    [JsonPropertyName("use_internal_tools_metadata")] public bool? UseInternalToolsMetadata { get; init; }

    /// <summary>PEM certificates, base64 in JSON; ignored when there is no certificate in it.</summary>
    [JsonPropertyName("ca_cert_bundle")] public byte[]? CaCertBundle { get; init; }
}

/// <summary>New credentials for a Gitea endpoint.</summary>
public sealed record CreateGiteaCredentialsRequest
{
    /// <summary>Unique without regard to case among Gitea's; GitHub's may have the same.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>The endpoint's name.</summary>
    [JsonPropertyName("endpoint")] public string? Endpoint { get; init; }

    /// <summary><c>pat</c>: Gitea has nothing else.</summary>
    [JsonPropertyName("auth_type")] public string? AuthType { get; init; }

    [JsonPropertyName("pat")] public GithubPat? Pat { get; init; }
}

/// <summary>Changes of Gitea credentials. Absent fields stay as they are. Their endpoint cannot be changed.</summary>
public sealed record UpdateGiteaCredentialsRequest
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("pat")] public GithubPat? Pat { get; init; }
}
