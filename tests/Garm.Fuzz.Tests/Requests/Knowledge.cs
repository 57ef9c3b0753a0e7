using System.Text.Json;

namespace Garm.Fuzz.Tests.Requests;

/// <summary>Values from answers that further requests can use: ids, names and other plain values, by subject and field.</summary>
internal sealed class Knowledge
{
    private const int MostOfAField = 40;

    private readonly Dictionary<string, List<string>> _values = [];
    private readonly HashSet<string> _untouchable = [];

    /// <summary>A value that no request may use.</summary>
    public void Protect(string value) => _untouchable.Add(value);

    /// <summary>Stores the plain fields of the answer's object, or of its list's objects.</summary>
    public void Learn(string subject, string answer, Random chances)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array) foreach (var item in root.EnumerateArray().Take(MostOfAField)) Learn(subject, item, chances);
            else Learn(subject, root, chances);
        }
        catch (JsonException)
        {
            // An answer without entities.
        }
    }

    /// <summary>Some value of the field; null when none is known.</summary>
    public string? Pick(string subject, string field, Random chances) =>
        _values.TryGetValue($"{subject}.{field}", out var known) ? known[chances.Next(known.Count)] : null;

    private void Learn(string subject, JsonElement entity, Random chances)
    {
        if (entity.ValueKind != JsonValueKind.Object) return;
        foreach (var field in entity.EnumerateObject())
        {
            if (field.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)) continue;
            var value = field.Value.ToString();
            if (value.Length is 0 or > 200 || _untouchable.Contains(value)) continue;
            Add($"{subject}.{field.Name}", value, chances);
            Add($".{field.Name}", value, chances);
        }
    }

    private void Add(string key, string value, Random chances)
    {
        if (!_values.TryGetValue(key, out var known)) _values[key] = known = [];
        if (known.Contains(value)) return;
        if (known.Count < MostOfAField) known.Add(value);
        else known[chances.Next(MostOfAField)] = value;
    }
}
