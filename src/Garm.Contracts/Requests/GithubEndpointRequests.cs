using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new GitHub endpoint.</summary>
public sealed record CreateGithubEndpointRequest
{
    /// <summary>Unique without regard to case, also among the endpoints of other forges.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>http or https.</summary>
    [JsonPropertyName("api_base_url")] public string? ApiBaseUrl { get; init; }

    /// <summary>http or https; may be relative to the API's.</summary>
    [JsonPropertyName("upload_base_url")] public string? UploadBaseUrl { get; init; }

    /// <summary>http or https; may be relative to the upload's.</summary>
    [JsonPropertyName("base_url")] public string? BaseUrl { get; init; }

    /// <summary>PEM certificates, base64 in JSON; dropped when there is no certificate in it.</summary>
    [JsonPropertyName("ca_cert_bundle")] public byte[]? CaCertBundle { get; init; }
}

/// <summary>Changes of a GitHub endpoint. Absent fields stay as they are. The name cannot be changed.</summary>
public sealed record UpdateGithubEndpointRequest
{
    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>Like the other URLs absolute, http or https; no URL can be changed while there are credentials.</summary>
    [JsonPropertyName("api_base_url")] public string? ApiBaseUrl { get; init; }

    [JsonPropertyName("upload_base_url")] public string? UploadBaseUrl { get; init; }

    [JsonPropertyName("base_url")] public string? BaseUrl { get; init; }

    /// <summary>PEM certificates, base64 in JSON; ignored when there is no certificate in it.</summary>
    [JsonPropertyName("ca_cert_bundle")] public byte[]? CaCertBundle { get; init; }
}
