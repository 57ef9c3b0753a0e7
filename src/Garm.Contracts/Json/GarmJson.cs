using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Json;

/// <summary>How this hub reads and writes JSON: as GARM, which is written in Go, does.</summary>
public static class GarmJson
{
    /// <summary>
    /// For answers, events and request bodies. Absent values are left out; keys of requests are matched without regard to
    /// case, unknown ones are ignored.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Serialises to UTF-8.</summary>
    public static byte[] ToUtf8<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, value?.GetType() ?? typeof(T), Options);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
            Encoder = GoJavaScriptEncoder.Instance,
            Converters = { new GoTimeConverter(), new GoBytesConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
