using System.Buffers.Binary;
using System.Text;

namespace Garm.WebSockets;

/// <summary>
/// Builds complete server frames (RFC 6455: final, unmasked) in memory, so that an event is framed once and all connections
/// share its bytes.
/// </summary>
public static class FrameWriter
{
    /// <summary>A ping without payload, as GARM sends it.</summary>
    public static ReadOnlyMemory<byte> Ping { get; } = Build(FrameOpcode.Ping, []);

    /// <summary>A close frame without a code, which answers a client's close frame without a code.</summary>
    public static ReadOnlyMemory<byte> CloseWithoutCode { get; } = Build(FrameOpcode.Close, []);

    /// <summary>A text frame; <paramref name="payload"/> is UTF-8.</summary>
    public static byte[] Text(ReadOnlySpan<byte> payload) => Build(FrameOpcode.Text, payload);

    /// <summary>A pong; at most 125 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The payload is longer.</exception>
    public static byte[] Pong(ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, FrameHeader.MaxControlPayload, nameof(payload));
        return Build(FrameOpcode.Pong, payload);
    }

    /// <summary>A close frame; empty when <paramref name="close"/> has no code.</summary>
    public static byte[] Close(CloseFrame close)
    {
        if (close.Code is not { } code) return [];
        Span<byte> payload = stackalloc byte[FrameHeader.MaxControlPayload];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        var text = Encoding.UTF8.GetBytes(close.Text, payload[2..]);
        return Build(FrameOpcode.Close, payload[..(2 + text)]);
    }

    /// <summary>Whether the frame is a pong.</summary>
    public static bool IsPong(ReadOnlySpan<byte> frame) => HasOpcode(frame, FrameOpcode.Pong);

    /// <summary>Whether the frame, or the first of several, is text.</summary>
    public static bool IsText(ReadOnlySpan<byte> frame) => HasOpcode(frame, FrameOpcode.Text);

    private static bool HasOpcode(ReadOnlySpan<byte> frame, FrameOpcode opcode) =>
        !frame.IsEmpty && frame[0] == (FrameHeader.FinalBit | (byte)opcode);

    private static byte[] Build(FrameOpcode opcode, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var frame = new byte[header + payload.Length];
        frame[0] = (byte)(FrameHeader.FinalBit | (byte)opcode);
        switch (header)
        {
            case 2:
                frame[1] = (byte)payload.Length;
                break;
            case 4:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
                break;
        }

        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }
}
