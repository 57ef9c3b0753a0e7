using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>A stored file, as GARM shows it.</summary>
public sealed record FileObjectView
{
    [JsonPropertyName("id")] public long Id { get; init; }

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>Bytes.</summary>
    [JsonPropertyName("size")] public long Size { get; init; }

    [JsonPropertyName("tags")] public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    [JsonPropertyName("sha256")] public string? Sha256 { get; init; }

    /// <summary>A media type.</summary>
    [JsonPropertyName("file_type")] public string FileType { get; init; } = "";
}

/// <summary>The agent for one operating system and architecture, as GARM shows it.</summary>
public sealed record AgentToolView
{
    [JsonPropertyName("id")] public long Id { get; init; }

    [JsonPropertyName("name")] public string Name { get; init; } = "";

    /// <summary>Bytes.</summary>
    [JsonPropertyName("size")] public long Size { get; init; }

    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    [JsonPropertyName("sha256sum")] public string Sha256 { get; init; } = "";

    [JsonPropertyName("description")] public string Description { get; init; } = "";

    [JsonPropertyName("created_at")] public DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")] public DateTime UpdatedAt { get; init; }

    [JsonPropertyName("file_type")] public string FileType { get; init; } = "";

    [JsonPropertyName("version")] public string Version { get; init; } = "";

    [JsonPropertyName("os_type")] public string OsType { get; init; } = "";

    [JsonPropertyName("os_arch")] public string OsArch { get; init; } = "";

    /// <summary>Where runners fetch it.</summary>
    [JsonPropertyName("download_url")] public string DownloadUrl { get; init; } = "";

    /// <summary><c>manual</c> for what was uploaded.</summary>
    [JsonPropertyName("origin")] public string Origin { get; init; } = "";

    /// <summary><c>local</c>: it is stored here.</summary>
    [JsonPropertyName("source")] public string Source { get; init; } = "local";
}

/// <summary>A part of a list.</summary>
public sealed record PageView<T>
{
    /// <summary>The number of items on all pages.</summary>
    [JsonPropertyName("total_count")] public long TotalCount { get; init; }

    /// <summary>The number of pages of this size.</summary>
    [JsonPropertyName("pages")] public long Pages { get; init; }

    /// <summary>From 1.</summary>
    [JsonPropertyName("current_page")] public long CurrentPage { get; init; }

    /// <summary>Absent on the last page.</summary>
    [JsonPropertyName("next_page")] public long? NextPage { get; init; }

    /// <summary>Absent on the first page.</summary>
    [JsonPropertyName("previous_page")] public long? PreviousPage { get; init; }

    /// <summary>What is on the page; agent tools show none as null.</summary>
    [JsonPropertyName("results"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<T>? Results { get; init; }
}
