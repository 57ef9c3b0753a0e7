using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Golden.Running;

/// <summary>
/// The steps in which the server intentionally differs from the original, each with its reason. An entry that no longer
/// differs is a failure too, so the list cannot become outdated.
/// </summary>
public sealed class AllowedDifferences
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private readonly IReadOnlyList<Entry> _entries;

    private AllowedDifferences(IReadOnlyList<Entry> entries) => _entries = entries;

    /// <summary>The names of the scenarios that have entries.</summary>
    public IEnumerable<string> Scenarios => _entries.Select(entry => entry.Scenario).Distinct();

    public static AllowedDifferences Load(string path) => Parse(File.ReadAllText(path));

    /// <summary>Reads a list of <c>{"scenario", "step", "why"}</c>.</summary>
    public static AllowedDifferences Parse(string json)
    {
        var entries = JsonSerializer.Deserialize<List<Entry>>(json, Options)
            ?? throw new JsonException("the list of differences is a JSON null");
        if (entries.Find(entry => string.IsNullOrWhiteSpace(entry.Why)) is { } unexplained)
            throw new JsonException($"{unexplained.Scenario} step {unexplained.Step} does not say why it differs");
        return new AllowedDifferences(entries);
    }

    /// <summary>Turns allowed differences into notes, and entries that no longer differ into differences.</summary>
    public ScenarioReport Apply(ScenarioReport report)
    {
        var entries = _entries.Where(entry => entry.Scenario == report.Scenario).ToList();
        var known = report.Differences.IntersectBy(entries.Select(entry => entry.Step), step => step.Step).ToList();
        var stale = entries
            .Where(entry => known.TrueForAll(step => step.Step != entry.Step))
            .Select(entry => new StepDifference(
                entry.Step, "", ["no longer differs: take it off the list of differences"]));

        return report with
        {
            Differences = [.. report.Differences.Except(known), .. stale],
            Notes =
            [
                .. report.Notes,
                .. known.Select(step =>
                    $"step {step.Step} differs, as allowed: {entries.Find(entry => entry.Step == step.Step)!.Why}"),
            ],
        };
    }

    private sealed record Entry(string Scenario, int Step, string Why);
}
