using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Json;

/// <summary>Reads texts, and refuses invalid ones.</summary>
internal sealed class JsonTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        return Checked(ref reader);
    }

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Checked(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);

    private static string Checked(ref Utf8JsonReader reader) =>
        JsonText.FaultOfToken(in reader) is { } fault ? throw new JsonTextException(fault) : reader.GetString()!;
}

/// <summary>Reads raw JSON, and refuses what cannot be written again or is nested too deeply for readers.</summary>
internal sealed class RawJsonConverter : JsonConverter<JsonElement>
{
    public override bool HandleNull => true;

    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonText.FaultOfRaw(reader) is { } fault ? throw new JsonTextException(fault) : JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);
}
