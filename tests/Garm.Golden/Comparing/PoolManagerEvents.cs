using System.Text.Json;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Comparing;

/// <summary>Finds recorded events that only the original's pool manager causes; the server under test has none.</summary>
internal static class PoolManagerEvents
{
    private static readonly HashSet<string> NotNews = ["pool_manager_status", "updated_at", "events"];

    /// <summary>
    /// Background work, or an update of an entity that repeats an earlier event of the step except for the manager's
    /// state.
    /// </summary>
    public static bool MayBeMissing(Step step, int index)
    {
        if (step.Causes?[index] == "background") return true;

        var events = step.Events!;
        var candidate = events[index];
        return candidate.PropertyText("operation") == "update"
            && IdKinds.IsEntity(candidate.PropertyText("entity-type"))
            && events.Take(index).Any(earlier => SaysTheSame(earlier, candidate));
    }

    private static bool SaysTheSame(JsonElement earlier, JsonElement candidate)
    {
        if (earlier.PropertyText("entity-type") != candidate.PropertyText("entity-type")) return false;

        var before = News(earlier);
        var after = News(candidate);
        return before.Count == after.Count
            && after.All(x => before.TryGetValue(x.Key, out var value) && JsonElement.DeepEquals(value, x.Value));
    }

    private static Dictionary<string, JsonElement> News(JsonElement frame) =>
        frame.Property("payload").EnumerateObject()
            .Where(property => !NotNews.Contains(property.Name))
            .ToDictionary(property => property.Name, property => property.Value);
}
