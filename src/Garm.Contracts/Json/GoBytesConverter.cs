using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Json;

/// <summary>
/// Reads bytes as Go reads a <c>[]byte</c>: a string in base64, in which line breaks are ignored, or an array of numbers from 0 to
/// 255, in which null is 0. GARM's web page sends arrays. Writes base64.
/// </summary>
internal sealed class GoBytesConverter : JsonConverter<byte[]>
{
    /// <inheritdoc />
    /// <exception cref="JsonException">It is neither.</exception>
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => FromBase64(reader.GetString()!),
        JsonTokenType.StartArray => ReadNumbers(ref reader),
        _ => throw new JsonException("bytes are a string in base64 or an array of numbers from 0 to 255"),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);

    private static byte[] FromBase64(string text)
    {
        // The framework also ignores spaces and tabs, which Go refuses.
        if (text.AsSpan().ContainsAny(' ', '\t')) throw NotBase64();
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw NotBase64();
        }
    }

    private static byte[] ReadNumbers(ref Utf8JsonReader reader)
    {
        var bytes = new List<byte>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            byte number = 0;
            if (reader.TokenType != JsonTokenType.Null && (reader.TokenType != JsonTokenType.Number || !reader.TryGetByte(out number)))
                throw new JsonException("an array of bytes has numbers from 0 to 255 only");
            bytes.Add(number);
        }

        return [.. bytes];
    }

    private static JsonException NotBase64() => new("the string is not base64");
}
