using System.Text.Json;
using System.Text.Unicode;

namespace Garm.Contracts.Json;

/// <summary>
/// Checks that texts in JSON are valid: JSON may contain bytes that are not UTF-8, halves of surrogate pairs and NUL
/// characters, which .NET or a database refuses only later, each in its own way. GARM replaces the first two by U+FFFD.
/// </summary>
public static class JsonText
{
    /// <summary>
    /// The maximum nesting of a client's raw JSON (<c>extra_specs</c>). With the hub's own levels, at most four in
    /// a page of events, it stays readable for clients whose reader stops at 64 levels, as many do by default.
    /// </summary>
    public const int MaxRawDepth = 50;

    /// <summary>For JSON that this hub wrote itself: read at any depth.</summary>
    public static JsonDocumentOptions AnyDepth { get; } = new() { MaxDepth = int.MaxValue };

    private const string NoUtf8 = "is not UTF-8";
    private const string HalfPair = "holds one half of a surrogate pair (such as \\ud800), which is no character";
    private const string Nul = "holds a NUL character, which is not accepted";

    /// <summary>What is wrong with the texts of a whole JSON value, including keys; null when they are valid.</summary>
    /// <exception cref="JsonException">It is not JSON, or is nested more than 64 levels deep.</exception>
    public static string? FaultOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (FaultOfToken(in reader) is { } fault) return fault;
        }

        return null;
    }

    /// <summary>The same for the reader's current value, which may be raw JSON; also checks its nesting.</summary>
    /// <param name="reader">At the value's first token; a copy, which is read to the value's end.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
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

    /// <summary>What is wrong with the reader's current text; null for a token of another kind.</summary>
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
            // An escaped text may be invalid even if its bytes are valid.
            return HalfPair;
        }
    }
}

/// <summary>A text in a request is invalid, or raw JSON in it is nested too deeply.</summary>
/// <param name="problem">What is wrong, as the end of a sentence that begins with the field's name.</param>
public sealed class JsonTextException(string problem) : JsonException(problem)
{
    /// <summary>One line for the client, with the field's name.</summary>
    public string Describe() => $"{(Path is null or "$" ? "the body" : Path.TrimStart('$').TrimStart('.'))} {Message}";
}
