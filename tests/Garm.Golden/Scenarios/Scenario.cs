using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Golden.Scenarios;

/// <summary>A recording of the original server: requests, their answers and their events.</summary>
public sealed record Scenario
{
    // An unknown field would be a check that is silently omitted, so reading fails instead.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    [JsonPropertyName("scenario")]
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The required state of the server; <c>fresh</c> is a server without an administrator.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    [JsonPropertyName("recorded_against")]
    public required Recording Recording { get; init; }

    /// <summary>Variables that get a random integer in each run, because the objects they name outlive a scenario.</summary>
    public IReadOnlyList<string> RandomInts { get; init; } = [];

    /// <summary>Whether the scenario runs without the socket that receives all events.</summary>
    public bool NoEventSocket { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }

    [JsonIgnore]
    public bool NeedsFreshServer => Tags.Contains("fresh");

    public static Scenario Load(string path) => Parse(File.ReadAllText(path));

    public static Scenario Parse(string json) =>
        JsonSerializer.Deserialize<Scenario>(json, Options)
        ?? throw new JsonException("the scenario is a JSON null");

    public override string ToString() => Name;
}
