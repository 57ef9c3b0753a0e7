using System.Text;
using System.Text.Json;
using Garm.Contracts.Events;

namespace Garm.Client.Events;

/// <summary>Writes <see cref="EventOptions"/> as the message that the event socket takes.</summary>
public static class EventOptionsJson
{
    /// <summary>The message that asks for every event.</summary>
    public const string Everything = """{"send-everything":true}""";

    /// <summary>The options as JSON text.</summary>
    public static string Write(EventOptions options)
    {
        if (options.SendEverything) return Everything;

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("filters");
            foreach (var filter in options.Filters) Write(json, filter);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, EntityFilter filter)
    {
        json.WriteStartObject();
        json.WriteString("entity-type", filter.EntityType.WireName());
        if (!filter.Operations.IsDefaultOrEmpty)
        {
            json.WriteStartArray("operations");
            foreach (var operation in filter.Operations) json.WriteStringValue(operation.WireName());
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
