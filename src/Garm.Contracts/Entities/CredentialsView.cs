using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>
/// Credentials for a forge, without the secret. The default value is what GARM shows where it shows no credentials.
/// </summary>
public sealed record CredentialsView
{
    /// <summary>Empty credentials.</summary>
    public static CredentialsView Empty { get; } = new();

    [JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Id { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("api_base_url")] public string? ApiBaseUrl { get; init; }

    [JsonPropertyName("upload_base_url")] public string? UploadBaseUrl { get; init; }

    [JsonPropertyName("base_url")] public string? BaseUrl { get; init; }

    [JsonPropertyName("ca_bundle")] public byte[]? CaBundle { get; init; }

    /// <summary><c>pat</c> or <c>app</c>.</summary>
    [JsonPropertyName("auth-type")] public string? AuthType { get; init; }

    /// <summary><c>github</c> or <c>gitea</c>.</summary>
    [JsonPropertyName("forge_type")] public string? ForgeType { get; init; }

    /// <summary>The repositories that use them, each without its endpoint and credentials.</summary>
    [JsonPropertyName("repositories")] public IReadOnlyList<RepositoryView>? Repositories { get; init; }

    /// <summary>The organizations that use them.</summary>
    [JsonPropertyName("organizations")] public IReadOnlyList<OrganizationView>? Organizations { get; init; }

    /// <summary>The enterprises that use them.</summary>
    [JsonPropertyName("enterprises")] public IReadOnlyList<EnterpriseView>? Enterprises { get; init; }

    [JsonPropertyName("endpoint")] public EndpointView Endpoint { get; init; } = EndpointView.Empty;

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }
}
