using System.Text.Json;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Tests;

/// <summary>The recorded scenarios, and JSON for the specs.</summary>
internal static class Recordings
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(Scenario.Load),
    ];

    public static Scenario Find(string name) => All.Single(scenario => scenario.Name == name);

    public static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static IReadOnlyList<JsonElement> Elements(params string[] json) => [.. json.Select(Element)];
}
