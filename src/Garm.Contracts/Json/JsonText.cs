using System.Text.Json;
using System.Text.Unicode;

namespace Garm.Contracts.Json;

/// <summary>
/// Whether texts that came in as JSON are texts: JSON may hold bytes that are no UTF-8, halves of surrogate pairs and NUL
/// characters, which .NET or a database refuses only later, each in its own way. GARM puts U+FFFD in the place of the first two.
/// </summary>
public static class JsonText
{
    /// <summary>
    /// How deep raw JSON of a client (<c>extra_specs</c>) may be nested. What the hub puts around it, at most four levels in
    /// a page of events, then stays readable for clients whose reader stops at 64 levels, as many do by default.
    /// </summary>
    public const int MaxRawDepth = 50;

    /// <summary>For JSON that this hub wrote itself: it is read however deep it is.</summary>
    public static JsonDocumentOptions AnyDepth { get; } = new() { MaxDepth = int.MaxValue };

    private const string NoUtf8 = "is not UTF-8";
    private const string HalfPair = "holds one half of a surrogate pair (such as \\ud800), which is no character";
    private const string Nul = "holds a NUL character, which is not accepted";

    /// <summary>What is wrong with the texts of a whole JSON value, keys too; null when nothing is.</summary>
    /// <exception cref="JsonException">It is no JSON, or nested deeper than 64 levels.</exception>
    public static string? FaultOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (FaultOfToken(in reader) is { } fault) return fault;
        }

        return null;
    }

    /// <summary>The same of the value that the reader is at, which may be raw JSON; and whether it is nested too deep.</summary>
    /// <param name="reader">At the value's first token; a copy, which is read to the value's end.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    internal static string? FaultOfRaw(Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        do
        {
            if (FaultOfToken(in reader) is { } fault) return fault;
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && reader.CurrentDepth - depth >= MaxRawDepth)
                return $"is nested too deep: at most {MaxRawDepth} levels are accepted";
        }
        while ((reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) && reader.Read());

        return null;
    }

    /// <summary>What is wrong with the text that the reader is at; null for a token of another kind.</summary>
    internal static string? FaultOfToken(in Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) return null;
        if (!reader.ValueIsEscaped) return Utf8.IsValid(reader.ValueSpan) ? null : NoUtf8;
        if (!Utf8.IsValid(reader.ValueSpan)) return NoUtf8;
        try
        {
            return reader.GetString()!.Contains('\0') ? Nul : null;
        }
        catch (InvalidOperationException)
        {
            // What an escaped text can still lack when its bytes are good.
            return HalfPair;
        }
    }
}

/// <summary>A text in a request is none, or raw JSON in it is nested too deep.</summary>
/// <param name="problem">What is wrong with it, to follow its name.</param>
public sealed class JsonTextException(string problem) : JsonException(problem)
{
    /// <summary>One line for whoever sent it, with the field's name.</summary>
    public string Describe() => $"{(Path is null or "$" ? "the body" : Path.TrimStart('$').TrimStart('.'))} {Message}";
}
