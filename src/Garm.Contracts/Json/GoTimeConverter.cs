using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Json;

/// <summary>
/// Times as Go writes them: RFC 3339 in UTC, the fraction without trailing zeros, <c>Z</c>. The default value is Go's zero
/// time, <c>0001-01-01T00:00:00Z</c>.
/// </summary>
internal sealed class GoTimeConverter : JsonConverter<DateTime>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <inheritdoc />
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : throw new JsonException("not an RFC 3339 time");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
