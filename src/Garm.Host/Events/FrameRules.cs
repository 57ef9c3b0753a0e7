using System.Buffers;

namespace Garm.Host.Events;

/// <summary>The words for broken rules of RFC 6455, those of the library that GARM uses: all that a header breaks, in its order.</summary>
internal static class FrameRules
{
    /// <summary>Of a close frame's reason.</summary>
    public const string BadCloseText = "invalid utf8 payload in close frame";

    private const int MaxControlPayload = 125;

    /// <summary>Of a close frame's code.</summary>
    public static string BadCloseCode(ushort code) => $"bad close code {code}";

    /// <summary>What the frame's first two bytes break, with commas between; empty when it is what follows them.</summary>
    /// <param name="input">From the frame's first byte on; at least two bytes.</param>
    /// <param name="isWithinMessage">Whether fragments of a message have come, and not yet its last.</param>
    public static string Broken(in ReadOnlySequence<byte> input, bool isWithinMessage)
    {
        Span<byte> head = stackalloc byte[2];
        input.Slice(0, 2).CopyTo(head);
        return string.Join(", ", Broken(head[0], head[1], isWithinMessage));
    }

    private static List<string> Broken(byte first, byte second, bool isWithinMessage)
    {
        var opcode = (FrameOpcode)(first & 0x0F);
        var isFinal = (first & 0x80) != 0;
        var broken = new List<string>();
        if ((first & 0x40) != 0) broken.Add("RSV1 set");
        if ((first & 0x20) != 0) broken.Add("RSV2 set");
        if ((first & 0x10) != 0) broken.Add("RSV3 set");
        switch (opcode)
        {
            case FrameOpcode.Close or FrameOpcode.Ping or FrameOpcode.Pong:
                if ((second & 0x7F) > MaxControlPayload) broken.Add("len > 125 for control");
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
