using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Garm.Contracts.Events;

namespace Garm.Client.Events;

/// <summary>Writes <see cref="EventOptions"/> as the message for the event socket.</summary>
public static class EventOptionsJson
{
    /// <summary>The message that subscribes to every event.</summary>
    public const string Everything = """{"send-everything":true}""";

    /// <summary>The options as JSON text, which <see cref="EventOptionsReader"/> parses to the same options.</summary>
    public static string Write(EventOptions options)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (options.SendEverything)
            {
                json.WriteBoolean("send-everything", true);
                WriteSources(json, options.Sources);
            }
            else
            {
                json.WriteStartArray("filters");
                foreach (var filter in options.Filters) Write(json, filter);
                json.WriteEndArray();
            }

            if (options.Cursor is { } cursor) json.WriteString("cursor", cursor);
            if (options.SnapshotOnExpired) json.WriteString("on-expired", "snapshot");
            if (options.HeartbeatSeconds is { } seconds) json.WriteNumber("heartbeat-seconds", seconds);
            if (options.Token is { } token) json.WriteString("token", token);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, EntityEventFilter filter)
    {
        json.WriteStartObject();
        json.WriteString("entity-type", filter.EntityType.WireName());
        if (!filter.Operations.IsDefaultOrEmpty)
        {
            json.WriteStartArray("operations");
            foreach (var operation in filter.Operations) json.WriteStringValue(operation.WireName());
            json.WriteEndArray();
        }

        if (!filter.Match.IsDefaultOrEmpty)
        {
            json.WriteStartObject("match");
            foreach (var (field, values) in filter.Match) Write(json, field, values);
            json.WriteEndObject();
        }

        WriteSources(json, filter.Sources);
        json.WriteEndObject();
    }

    private static void WriteSources(Utf8JsonWriter json, ImmutableArray<string> sources)
    {
        if (sources.IsDefaultOrEmpty) return;
        json.WriteStartArray("source");
        foreach (var source in sources) json.WriteStringValue(source);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string field, ImmutableArray<MatchValue> values)
    {
        json.WriteStartArray(field);
        foreach (var value in values) value.WriteTo(json);
        json.WriteEndArray();
    }
}
