using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>A new pool of runners.</summary>
public sealed record CreatePoolRequest : CreateRunnerSettings
{
    [JsonPropertyName("tags")] public IReadOnlyList<string?>? Tags { get; init; }

    [JsonPropertyName("priority")] public uint? Priority { get; init; }
}

/// <summary>Changes of a pool. Absent fields, empty texts and empty lists stay as they are.</summary>
public sealed record UpdatePoolRequest : RunnerSettings
{
    /// <summary>They replace all tags; the same ones again count as a change.</summary>
    [JsonPropertyName("tags")] public IReadOnlyList<string?>? Tags { get; init; }

    /// <summary>Empty removes it.</summary>
    [JsonPropertyName("github-runner-group")] public string? GithubRunnerGroup { get; init; }

    [JsonPropertyName("priority")] public uint? Priority { get; init; }
}
