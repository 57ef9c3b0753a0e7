using System.Text.Json;
using Garm.Contracts.Json;

namespace Garm.Data.Writes;

/// <summary>
/// The last state of a deleted entity, for filters: GARM's delete events often contain only the key, and a client that subscribes
/// to one pool's instances needs the event when one of them is deleted.
/// </summary>
internal static class LastStates
{
    /// <summary>
    /// The plain top-level fields of <paramref name="view"/>; empty when <paramref name="deletedView"/> has all of them with the
    /// same values.
    /// </summary>
    public static byte[] Of(object view, object deletedView) => Of(Element(view), Element(deletedView));

    /// <inheritdoc cref="Of(object, object)"/>
    public static byte[] Of(JsonElement view, JsonElement deletedView)
    {
        var last = PlainFields(view);
        var told = PlainFields(deletedView);
        if (last.All(field => told.TryGetValue(field.Key, out var value) && JsonElement.DeepEquals(value, field.Value))) return [];
        return GarmJson.ToUtf8(last);
    }

    private static JsonElement Element(object view) => JsonSerializer.SerializeToElement(view, view.GetType(), GarmJson.Options);

    // The last one of a name counts, as it does for Go.
    private static Dictionary<string, JsonElement> PlainFields(JsonElement view)
    {
        var fields = new Dictionary<string, JsonElement>();
        foreach (var field in view.EnumerateObject())
        {
            if (field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                fields[field.Name] = field.Value;
        }

        return fields;
    }
}
