using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Json;

/// <summary>JSON as GARM, a Go program, reads and writes it.</summary>
public static class GarmJson
{
    // Raw JSON is stored as deep as it was once taken, and is shown within more.
    private const int MaxWrittenDepth = 256;

    /// <summary>For answers and events. Absent values are left out.</summary>
    public static JsonSerializerOptions Options { get; } = Create(new JsonSerializerOptions { MaxDepth = MaxWrittenDepth });

    /// <summary>
    /// For what clients send. Keys are matched without regard to case, unknown ones are ignored; a text that is none, and raw
    /// JSON that is nested too deep, is a <see cref="JsonTextException"/>.
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
