using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.WebConsole.Fleet;

namespace Garm.WebConsole.History;

/// <summary>A field that an update changed.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Before">Its value before, as JSON; empty for none.</param>
/// <param name="After">Its value after.</param>
public sealed record Difference(string Field, string Before, string After);

/// <summary>Finds what an update changed, as far as the log knows: its plain fields.</summary>
internal static class Differences
{
    // It changes whenever anything does.
    private const string Always = "updated_at";

    /// <summary>The fields; null where the log does not say (an older build wrote it), or the change is no update.</summary>
    public static IReadOnlyList<Difference>? Of(Change change)
    {
        if (change.Operation != ChangeOperation.Update || change.Before.IsEmpty) return null;
        using var before = PayloadReader.Parse(change.Before);
        using var after = PayloadReader.Parse(change.Payload);
        if (before.RootElement.ValueKind != JsonValueKind.Object || after.RootElement.ValueKind != JsonValueKind.Object) return null;
        return
        [
            .. before.RootElement.EnumerateObject().Where(x => x.Name != Always).Select(x => new Difference(
                x.Name, TextOf(x.Value), after.RootElement.TryGetProperty(x.Name, out var now) ? TextOf(now) : "")),
        ];
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
