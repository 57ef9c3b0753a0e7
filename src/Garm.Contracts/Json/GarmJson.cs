using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Json;

/// <summary>Reads and writes JSON as GARM, a Go program, does.</summary>
public static class GarmJson
{
    // Stored raw JSON is nested more deeply in an answer than in the request.
    private const int MaxWrittenDepth = 256;

    /// <summary>For answers and events. Absent values are omitted.</summary>
    public static JsonSerializerOptions Options { get; } = Create(new JsonSerializerOptions { MaxDepth = MaxWrittenDepth });

    /// <summary>
    /// For requests. Keys are case-insensitive, unknown ones are ignored; invalid text, and raw
    /// JSON that is nested too deeply, is a <see cref="JsonTextException"/>.
    /// </summary>
    public static JsonSerializerOptions Requests { get; } =
        Create(new JsonSerializerOptions { Converters = { new JsonTextConverter(), new RawJsonConverter() } });

    /// <summary>Serialises to UTF-8.</summary>
    public static byte[] ToUtf8<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, value?.GetType() ?? typeof(T), Options);

    private static JsonSerializerOptions Create(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.PropertyNameCaseInsensitive = true;
        options.Encoder = GoJavaScriptEncoder.Instance;
        options.Converters.Add(new GoTimeConverter());
        options.Converters.Add(new GoBytesConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
