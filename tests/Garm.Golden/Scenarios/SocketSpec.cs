using System.Text.Json;

namespace Garm.Golden.Scenarios;

/// <summary>An operation on a named extra socket; which fields count depends on <see cref="Op"/>.</summary>
public sealed record SocketSpec
{
    /// <summary>connect, send, send_big, ping, close, destroy or expect.</summary>
    public required string Op { get; init; }

    public required string Socket { get; init; }

    public string Path { get; init; } = "/api/v1/ws/events";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Sent as a text message; <see cref="Text"/>, <see cref="Binary"/> and <see cref="Fragments"/> go before.
    /// </summary>
    public JsonElement Json { get; init; }

    public string? Text { get; init; }

    public string? Binary { get; init; }

    public IReadOnlyList<string>? Fragments { get; init; }

    /// <summary>The size of the message of <c>send_big</c>.</summary>
    public int Bytes { get; init; }

    /// <summary>The payload of <c>ping</c>.</summary>
    public string Data { get; init; } = "";

    public ushort Code { get; init; } = 1000;

    public string Reason { get; init; } = "";

    /// <summary>How long <c>expect</c> waits for the frames.</summary>
    public int TimeoutMs { get; init; } = 1500;

    /// <summary>
    /// How long the recorder paused after sending, because the original acknowledges nothing. The replay asks for a
    /// pong instead, so it does not look at it.
    /// </summary>
    public int? SettleMs { get; init; }
}

/// <summary>A frame that an <c>expect</c> finds.</summary>
public sealed record ExpectedFrame
{
    /// <summary>text, event, ping, pong, close or eof.</summary>
    public required string Type { get; init; }

    public string Text { get; init; } = "";

    public string Data { get; init; } = "";

    public ushort? Code { get; init; }

    public string Reason { get; init; } = "";

    public JsonElement Event { get; init; }

    /// <summary>Whether the frame may be missing.</summary>
    public bool Optional { get; init; }
}
