using System.Text.Json;

namespace Garm.Golden.Scenarios;

/// <summary>An operation on a named extra socket; <see cref="Op"/> determines which fields are used.</summary>
public sealed record SocketSpec
{
    /// <summary>connect, send, send_big, ping, close, destroy or expect.</summary>
    public required string Op { get; init; }

    public required string Socket { get; init; }

    public string Path { get; init; } = "/api/v1/ws/events";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Sent as a text message; <see cref="Text"/>, <see cref="Binary"/> and <see cref="Fragments"/> take precedence.
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
    /// How long the recorder paused after sending, because the original acknowledges nothing. The replay sends a
    /// ping and waits for its pong instead, so it ignores this value.
    /// </summary>
    public int? SettleMs { get; init; }
}

/// <summary>A frame that an <c>expect</c> waits for.</summary>
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
