namespace Garm.Golden.Sockets;

/// <summary>The kinds of frames that a raw client receives; <see cref="Eof"/> is the end of the stream.</summary>
public enum FrameKind
{
    Text,
    Binary,
    Close,
    Ping,
    Pong,
    Unknown,
    Eof,
}

/// <summary>One message or control frame.</summary>
/// <param name="Text">The payload; the reason of a close frame.</param>
/// <param name="Code">The code of a close frame; null if it has none.</param>
public sealed record SocketFrame(FrameKind Kind, string Text = "", ushort? Code = null)
{
    public override string ToString() => Kind switch
    {
        FrameKind.Eof => "eof",
        FrameKind.Close => $"close {Code?.ToString() ?? "without code"} {Text}",
        _ => $"{Kind.ToString().ToLowerInvariant()} {(Text.Length > 200 ? Text[..200] + "..." : Text)}",
    };
}
