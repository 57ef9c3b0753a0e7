using System.Runtime.InteropServices;
using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Contracts.Json;
using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>An event of a source.</summary>
/// <param name="Change">What it says; null when it does not say which entity it is about.</param>
/// <param name="Type">Its type.</param>
internal readonly record struct SourceFrame(MirrorChange? Change, EntityType Type)
{
    /// <summary>Reads a frame; null for one that is no event of a type that the hub knows.</summary>
    public static SourceFrame? Read(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var json = JsonDocument.Parse(frame, JsonText.AnyDepth);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || Text(root, "entity-type") is not { } name || !EntityTypes.TryParse(name, out var type)
                || Text(root, "operation") is not { } verb || !ChangeOperations.TryParse(verb, out var operation)
                || !root.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            // GARM's deletion of a file has nothing but zero values.
            var id = SourceRoutes.IdOf(type, payload);
            if (id is null or "0") return new SourceFrame(null, type);
            var change = new MirrorChange(
                new MirrorKey(type, id), SourceJson.BytesOf(payload), operation == ChangeOperation.Delete, IsListed: false);
            return new SourceFrame(change, type);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a text that is no Unicode.
            return null;
        }
    }

    private static string? Text(JsonElement root, string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>JSON as a server sent it.</summary>
internal static class SourceJson
{
    /// <summary>The value's bytes, copied. Line breaks between its parts are left out: an event is one line where streams have it.</summary>
    public static ReadOnlyMemory<byte> BytesOf(JsonElement value)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(value).ToArray();
        return bytes.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') < 0
            ? bytes
            : Array.FindAll(bytes, x => x is not ((byte)'\n' or (byte)'\r'));
    }
}
