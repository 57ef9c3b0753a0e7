using System.Text.Json;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Comparing;

/// <summary>
/// Compares recorded JSON with actual JSON: the same keys, types and values at every level, except values that differ
/// from run to run. One comparer serves one run of one scenario, because it maps recorded identities to actual ones.
/// The server under test runs no pool manager, so <c>pool_manager_status</c> is never compared.
/// </summary>
internal sealed class Comparer
{
    private readonly IdentityMap _identities = new();
    private readonly StringRules _strings;
    private readonly List<string> _notes = [];

    public Comparer(IReadOnlyList<Replacement>? replacements = null, UserNames? users = null)
    {
        _strings = new StringRules(_identities, new TextRules(_identities, replacements ?? []), users);
    }

    /// <summary>Declares that the two are the same identity.</summary>
    public void Bind(string kind, string recorded, string actual) => _identities.Pair(kind, recorded, actual);

    public void Note(string note) => _notes.Add(note);

    /// <summary>Notes since the last call that are not differences.</summary>
    public IReadOnlyList<string> TakeNotes()
    {
        var taken = _notes.ToArray();
        _notes.Clear();
        return taken;
    }

    /// <summary>The differences; none when the two are equal.</summary>
    /// <param name="kind">The kind of the outermost object, see <see cref="IdKinds"/>.</param>
    public IReadOnlyList<string> Differences(JsonElement expected, JsonElement actual, string kind, string path)
    {
        var found = new List<string>();
        Compare(expected, actual, new Place(path, "", kind, default), found);
        return found;
    }

    /// <summary>Like <see cref="Differences"/>, but stores identities only if the two are equal.</summary>
    public bool Matches(JsonElement expected, JsonElement actual, string kind)
    {
        var mark = _identities.Mark();
        var notes = _notes.Count;
        if (Differences(expected, actual, kind, "$").Count == 0) return true;

        _identities.Rewind(mark);
        _notes.RemoveRange(notes, _notes.Count - notes);
        return false;
    }

    private void Compare(JsonElement expected, JsonElement actual, Place place, List<string> found)
    {
        if (!AreSameType(expected.ValueKind, actual.ValueKind))
        {
            found.Add(Unequal(expected, actual, place));
            return;
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                CompareObjects(expected, actual, place, found);
                break;
            case JsonValueKind.Array:
                CompareLists(expected, actual, place, found);
                break;
            case JsonValueKind.String:
                if (_strings.Fault(expected.GetString()!, actual.GetString()!, place.Key, place.Parent) is { } fault)
                    found.Add($"{place.Path}: {fault}");
                break;
            case JsonValueKind.Number:
                CompareNumbers(expected, actual, place, found);
                break;
            default:
                if (expected.ValueKind != actual.ValueKind) found.Add(Unequal(expected, actual, place));
                break;
        }
    }

    private void CompareObjects(JsonElement expected, JsonElement actual, Place place, List<string> found)
    {
        var kind = IdKinds.OfObject(expected, place.Key, place.Kind);
        var isEntity = IdKinds.IsEntity(place.Kind)
            || expected.Property("pool_manager_status").ValueKind != JsonValueKind.Undefined;

        foreach (var property in expected.EnumerateObject().Where(x => !IsLeftOut(x.Name, isEntity)))
        {
            var at = $"{place.Path}.{property.Name}";
            if (actual.TryGetProperty(property.Name, out var value))
                Compare(
                    property.Value,
                    value,
                    new Place(at, property.Name, IdKinds.OfProperty(property.Name, kind), expected),
                    found);
            else
                found.Add($"{at}: missing (expected {Json.Show(property.Value)})");
        }

        found.AddRange(actual.EnumerateObject()
            .Where(x => !expected.TryGetProperty(x.Name, out _) && !IsLeftOut(x.Name, isEntity))
            .Select(x => $"{place.Path}.{x.Name}: unexpected ({Json.Show(x.Value)})"));
    }

    // Filled in by background timers, or (the events of an entity) a log of them.
    private static bool IsLeftOut(string key, bool isEntity) =>
        key is "rate_limit" or "cached_garm_agent_release_fetched_at" or "pool_manager_status"
        || (isEntity && key == "events");

    private void CompareLists(JsonElement expected, JsonElement actual, Place place, List<string> found)
    {
        var wanted = expected.EnumerateArray().ToList();
        var got = actual.EnumerateArray().ToList();
        if (wanted.Count != got.Count)
        {
            found.Add($"{place.Path}: expected {wanted.Count} elements, got {got.Count}: {Json.Show(actual)}");
            return;
        }

        var mark = _identities.Mark();
        var inOrder = new List<string>();
        for (var i = 0; i < wanted.Count; i++)
            Compare(wanted[i], got[i], place with { Path = $"{place.Path}[{i}]", Parent = default }, inOrder);
        if (inOrder.Count == 0) return;

        _identities.Rewind(mark);
        if (wanted.Count > 1 && wanted.All(IsObjectOrList) && AreSameInAnyOrder(wanted, got, place))
        {
            Note($"{place.Path}: elements came in another order");
            return;
        }

        _identities.Rewind(mark);
        found.AddRange(inOrder);
    }

    private bool AreSameInAnyOrder(List<JsonElement> wanted, List<JsonElement> got, Place place)
    {
        foreach (var item in wanted)
        {
            var hit = got.FindIndex(candidate => ItemMatches(item, candidate, place));
            if (hit < 0) return false;
            got.RemoveAt(hit);
        }

        return true;
    }

    private bool ItemMatches(JsonElement expected, JsonElement actual, Place place)
    {
        var mark = _identities.Mark();
        var found = new List<string>();
        Compare(expected, actual, place with { Parent = default }, found);
        if (found.Count > 0) _identities.Rewind(mark);
        return found.Count == 0;
    }

    private void CompareNumbers(JsonElement expected, JsonElement actual, Place place, List<string> found)
    {
        var (wanted, got) = (expected.GetRawText(), actual.GetRawText());
        var kind = IdKinds.OfNumber(place.Key, place.Kind, place.Parent);

        // Zero means "none" and is not an id.
        if (kind is null || wanted == "0" || got == "0")
        {
            if (wanted != got) found.Add(Unequal(expected, actual, place));
        }
        else if (!_identities.Pair(kind, wanted, got))
        {
            found.Add($"{place.Path}: the {kind} id {got} does not fit: it or the recorded {wanted} is another one's");
        }
    }

    private static bool IsObjectOrList(JsonElement item) =>
        item.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static bool AreSameType(JsonValueKind expected, JsonValueKind actual) =>
        expected == actual || (IsBoolean(expected) && IsBoolean(actual));

    private static bool IsBoolean(JsonValueKind kind) => kind is JsonValueKind.True or JsonValueKind.False;

    private static string Unequal(JsonElement expected, JsonElement actual, Place place) =>
        $"{place.Path}: expected {Json.Show(expected)}, got {Json.Show(actual)}";

    /// <summary>The location of a value: its path for reports; its key, kind and parent for the rules.</summary>
    private readonly record struct Place(string Path, string Key, string Kind, JsonElement Parent);
}
