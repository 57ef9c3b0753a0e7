using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Garm.Contracts.Json;

namespace Garm.Host.Logs;

/// <summary>
/// A log record in the format of GARM's stream, which <c>garm-cli debug-log</c> and GARM's web page can read and filter: what Go's
/// <c>slog</c> writes as JSON, <c>{"time":…,"level":"INFO","msg":…, …}</c>, and a line feed. The attributes are the values that the
/// message names, so the stream shows nothing that the console does not show.
/// </summary>
internal static class LogRecord
{
    private const string Template = "{OriginalFormat}";

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "time", "level", "msg", "logger", "error" };

    private static readonly JsonWriterOptions Json = new() { Encoder = GoJavaScriptEncoder.Instance };

    /// <summary>Makes the record.</summary>
    public static byte[] Encode<TState>(
        DateTimeOffset time, LogLevel level, string category, TState state, Exception? exception, string message)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            json.WriteStartObject();
            json.WriteString("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", NameOf(level));
            json.WriteString("msg", message);
            json.WriteString("logger", category);
            if (state is IReadOnlyList<KeyValuePair<string, object?>> values) WriteAttributes(json, values);
            if (exception is not null) json.WriteString("error", exception.ToString());
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The record that tells a client how many records were dropped.</summary>
    public static byte[] OfLeftOut(DateTimeOffset time, long count) => Encode(
        time, LogLevel.Warning, typeof(LogFollower).FullName!,
        new KeyValuePair<string, object?>[] { new("Count", count), new(Template, "{Count}") }, null,
        $"This client reads too slowly: {count} records were left out");

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        _ => "ERROR",
    };

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var template = values.FirstOrDefault(x => x.Key == Template).Value as string ?? "";
        var written = new HashSet<string>(Reserved, StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            if (value is null || !IsNamed(template, key)) continue;
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(key);
            if (!written.Add(name)) continue;
            switch (value)
            {
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                case int number:
                    json.WriteNumber(name, number);
                    break;
                case long number:
                    json.WriteNumber(name, number);
                    break;
                default:
                    json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
            }
        }
    }

    // Placeholders are {Key}, {Key:format} or {Key,width}.
    private static bool IsNamed(string template, string key)
    {
        for (var at = template.IndexOf(key, StringComparison.Ordinal); at > 0; at = template.IndexOf(key, at + 1, StringComparison.Ordinal))
        {
            var end = at + key.Length;
            if (template[at - 1] is '{' or '@' && end < template.Length && template[end] is '}' or ':' or ',') return true;
        }

        return false;
    }
}
