
namespace Garm.WebSockets;

/// <summary>The kinds of <see cref="ClientFrame"/>.</summary>
public enum ClientFrameKind
{
    /// <summary>Nothing; the default value.</summary>
    None,

    /// <summary>A complete text or binary message, joined from its fragments.</summary>
    Message,

    /// <summary>A ping.</summary>
    Ping,

    /// <summary>A pong.</summary>
    Pong,

    /// <summary>A close frame; the reader ignores what follows.</summary>
    Close,

    /// <summary>The client broke a rule; the reader ignores what follows.</summary>
    Error,
}

/// <summary>Which rule a client broke.</summary>
public enum FrameError
{
    /// <summary>A rule of RFC 6455.</summary>
    Protocol,

    /// <summary>The reader's limit on the size of a message.</summary>
    MessageTooBig,
}

/// <summary>A message or control frame of a client, as <see cref="FrameReader"/> returns it.</summary>
/// <param name="Kind">What it is; it decides which of the other properties are set.</param>
/// <param name="Payload">The unmasked content of a message, ping or pong. The reader does not reuse this memory.</param>
/// <param name="CloseCode">The code of a close frame; null when it had none.</param>
/// <param name="Error">Which rule the client broke.</param>
/// <param name="Text">The text for the close frame that answers an error; empty for none.</param>
public readonly record struct ClientFrame(
    ClientFrameKind Kind,
    ReadOnlyMemory<byte> Payload = default,
    ushort? CloseCode = null,
    FrameError Error = default,
    string Text = "")
{
    internal static ClientFrame Broken(FrameError error, string text = "") =>
        new(ClientFrameKind.Error, Error: error, Text: text);
}
