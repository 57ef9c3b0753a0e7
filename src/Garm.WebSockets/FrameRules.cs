using System.Buffers;

namespace Garm.WebSockets;

/// <summary>
/// The texts for broken rules of RFC 6455: those of the websocket library that GARM uses, which lists every rule that a
/// header breaks.
/// </summary>
internal static class FrameRules
{
    /// <summary>The reason of a close frame is not UTF-8.</summary>
    public const string BadCloseText = "invalid utf8 payload in close frame";

    /// <summary>A close frame may not carry this code.</summary>
    public static string BadCloseCode(ushort code) => $"bad close code {code}";

    /// <summary>The rules that the first two bytes of a frame break, separated by commas; empty when a later byte breaks one.</summary>
    /// <param name="input">From the frame's first byte on; at least two bytes.</param>
    /// <param name="isWithinMessage">Whether fragments of a message were received, but not the last one.</param>
    public static string Broken(in ReadOnlySequence<byte> input, bool isWithinMessage)
    {
        Span<byte> head = stackalloc byte[2];
        input.Slice(0, 2).CopyTo(head);
        return string.Join(", ", Broken(head[0], head[1], isWithinMessage));
    }

    private static List<string> Broken(byte first, byte second, bool isWithinMessage)
    {
        var opcode = (FrameOpcode)(first & 0x0F);
        var isFinal = (first & FrameHeader.FinalBit) != 0;
        var broken = new List<string>();
        if ((first & 0x40) != 0) broken.Add("RSV1 set");
        if ((first & 0x20) != 0) broken.Add("RSV2 set");
        if ((first & 0x10) != 0) broken.Add("RSV3 set");
        switch (opcode)
        {
            case FrameOpcode.Close or FrameOpcode.Ping or FrameOpcode.Pong:
                if ((second & 0x7F) > FrameHeader.MaxControlPayload) broken.Add("len > 125 for control");
                if (!isFinal) broken.Add("FIN not set on control");
                break;
            case FrameOpcode.Text or FrameOpcode.Binary:
                if (isWithinMessage) broken.Add("data before FIN");
                break;
            case FrameOpcode.Continuation:
                if (!isWithinMessage) broken.Add("continuation after FIN");
                break;
            default:
                broken.Add($"bad opcode {(int)opcode}");
                break;
        }

        if ((second & 0x80) == 0) broken.Add("bad MASK");
        return broken;
    }
}
