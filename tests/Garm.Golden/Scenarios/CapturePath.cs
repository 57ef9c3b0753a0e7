using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Garm.Golden.Scenarios;

/// <summary>
/// The location of a captured value: <c>$.a[0].b</c> in the answer, <c>@[0].payload.id</c> in the events of the step, and
/// <c>[?key=value]</c> for the first element of a list whose (dotted) key has that value.
/// </summary>
internal static partial class CapturePath
{
    /// <summary>The value at the path, or an undefined element.</summary>
    public static JsonElement Find(string path, JsonElement body, IReadOnlyList<JsonElement> events)
    {
        var current = path[0] switch
        {
            '$' => body,
            '@' => JsonSerializer.SerializeToElement(events),
            _ => throw new ScenarioException($"a capture starts with $ or @, not {path}"),
        };

        var end = 1;
        foreach (Match part in Part().Matches(path, 1))
        {
            // Text between the parts would otherwise be skipped, and the capture would return another value.
            if (part.Index != end) break;
            end = part.Index + part.Length;
            current = Follow(current, part);
        }

        return end == path.Length ? current : throw new ScenarioException($"cannot read the capture {path}");
    }

    private static JsonElement Follow(JsonElement current, Match part)
    {
        if (part.Groups["name"] is { Success: true } name) return current.Property(name.Value);

        if (current.ValueKind != JsonValueKind.Array) return default;
        var items = current.EnumerateArray();
        return part.Groups["index"] is { Success: true } index
            ? items.ElementAtOrDefault(int.Parse(index.Value, CultureInfo.InvariantCulture))
            : items.FirstOrDefault(item => Has(item, part.Groups["key"].Value, part.Groups["value"].Value));
    }

    private static bool Has(JsonElement item, string dottedKey, string wanted)
    {
        var value = dottedKey.Split('.').Aggregate(item, (inner, key) => inner.Property(key));
        return value.ValueKind != JsonValueKind.Undefined && Json.Bare(value) == wanted;
    }

    [GeneratedRegex(@"\.(?<name>[\w-]+)|\[(?<index>\d+)\]|\[\?(?<key>[\w.-]+)=(?<value>[^\]]*)\]")]
    private static partial Regex Part();
}
