using Garm.Actors.Sessions;

namespace Garm.Host.Events;

/// <summary>What a client sent.</summary>
public enum ClientFrameKind
{
    /// <summary>Nothing: what the default value is.</summary>
    None,

    /// <summary>A complete text or binary message, put together from its fragments.</summary>
    Message,

    /// <summary>A ping.</summary>
    Ping,

    /// <summary>A pong.</summary>
    Pong,

    /// <summary>A close frame; nothing after it counts.</summary>
    Close,

    /// <summary>The client broke the rules; nothing after it can be read.</summary>
    Error,
}

/// <summary>One thing that a client sent, as <see cref="FrameReader"/> gives it out.</summary>
/// <param name="Kind">What it is; it decides which of the others mean something.</param>
/// <param name="Payload">The unmasked content of a message, ping or pong. It is nobody else's memory.</param>
/// <param name="CloseCode">The code of a close frame; null when it had none.</param>
/// <param name="Reason">Why it is an error.</param>
/// <param name="Text">What the client is told of the error; empty for nothing.</param>
public readonly record struct ClientFrame(
    ClientFrameKind Kind,
    ReadOnlyMemory<byte> Payload = default,
    ushort? CloseCode = null,
    SessionCloseReason Reason = default,
    string Text = "")
{
    /// <summary>An error.</summary>
    public static ClientFrame Error(SessionCloseReason reason, string text = "") =>
        new(ClientFrameKind.Error, Reason: reason, Text: text);
}
