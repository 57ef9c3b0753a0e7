using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>Changes of a file object. Absent fields stay as they are. What is in the file cannot be changed.</summary>
public sealed record UpdateFileObjectRequest
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>All tags it shall have; stored in lower case and without surrounding spaces.</summary>
    [JsonPropertyName("tags")] public IReadOnlyList<string?>? Tags { get; init; }
}
