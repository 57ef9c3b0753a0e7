using System.Text.Encodings.Web;
using System.Text.Json;

namespace Garm.WebConsole.Parts;

/// <summary>JSON as people read it.</summary>
public static class JsonLayout
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        MaxDepth = 1_000,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // It is shown as text, which Blazor encodes.
    };

    /// <summary>With a line for each value.</summary>
    public static string Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000 });
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }
}
