using System.Text.Json;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Comparing;

/// <summary>
/// Compares the events of a step as a multiset: the original sends each event from its own goroutine, so two events of
/// the same millisecond may have been recorded in another order.
/// </summary>
internal sealed class EventComparer(Comparer comparer)
{
    /// <param name="isOptional">Whether the expected event with that index may be missing.</param>
    public IReadOnlyList<string> Differences(
        IReadOnlyList<JsonElement> expected,
        IReadOnlyList<JsonElement> actual,
        string label,
        Func<int, bool>? isOptional = null)
    {
        var left = actual.Index().ToList();
        var taken = new Dictionary<int, int>();

        // An optional event must not match instead of a required one that looks the same.
        var required = Enumerable.Range(0, expected.Count).ToLookup(i => isOptional?.Invoke(i) != true);
        foreach (var i in required[true].Concat(required[false]))
        {
            var hit = left.FindIndex(candidate => Matches(expected[i], candidate.Item));
            if (hit < 0) continue;
            taken[i] = left[hit].Index;
            left.RemoveAt(hit);
        }

        foreach (var i in required[false].Where(i => !taken.ContainsKey(i)))
            comparer.Note($"{label}[{i}]: optional {Name(expected[i])} did not come");

        var arrivals = taken.OrderBy(x => x.Key).Select(x => x.Value).ToList();
        if (arrivals.Zip(arrivals.Skip(1)).Any(x => x.First > x.Second))
            comparer.Note($"{label}: events came in another order");

        var found = new List<string>();
        foreach (var i in required[true].Where(i => !taken.ContainsKey(i)))
            found.AddRange(Missing(expected[i], left, $"{label}[{i}]"));
        found.AddRange(left.Select(x => $"{label}: unexpected {Name(x.Item)} {Json.Show(Payload(x.Item))}"));
        return found;
    }

    /// <summary>The differences of two events that are assumed to be the same.</summary>
    public IReadOnlyList<string> Differences(JsonElement expected, JsonElement actual, string label) =>
        comparer.Differences(expected, actual, Kind(expected), label);

    // A remaining event of the same name is most likely the missing one with an error: report the differences.
    private IReadOnlyList<string> Missing(JsonElement expected, List<(int Index, JsonElement Item)> left, string label)
    {
        var near = left.FindIndex(candidate => Name(candidate.Item) == Name(expected));
        if (near < 0) return [$"{label}: missing {Name(expected)} {Json.Show(Payload(expected))}"];

        var actual = left[near].Item;
        left.RemoveAt(near);
        return Differences(expected, actual, $"{label} ({Name(expected)})");
    }

    private bool Matches(JsonElement expected, JsonElement actual) =>
        Name(expected) == Name(actual) && comparer.Matches(expected, actual, Kind(expected));

    private static string Kind(JsonElement frame) => frame.PropertyText("entity-type");

    private static string Name(JsonElement frame) => $"{frame.PropertyText("operation")} {Kind(frame)}";

    // A text that is not an event (not JSON) is shown as a whole.
    private static JsonElement Payload(JsonElement frame) =>
        frame.Property("payload") is { ValueKind: not JsonValueKind.Undefined } payload ? payload : frame;
}
