using System.Buffers.Binary;
using System.Text;

namespace Garm.Actors.WebSockets;

/// <summary>
/// Builds whole server frames of RFC 6455 (final, unmasked), so that one event is framed once and its bytes are shared by
/// every connection.
/// </summary>
public static class WireFrame
{
    private const byte Final = 0x80;
    private const int MaxControlPayload = 125;

    /// <summary>A ping without payload, as GARM sends it.</summary>
    public static ReadOnlyMemory<byte> Ping { get; } = Build(0x9, []);

    /// <summary>A close frame without a code: the answer to one of the client's that had none.</summary>
    public static ReadOnlyMemory<byte> CloseWithoutCode { get; } = Build(0x8, []);

    /// <summary>A text frame; <paramref name="payload"/> is UTF-8.</summary>
    public static byte[] Text(ReadOnlySpan<byte> payload) => Build(0x1, payload);

    /// <summary>A pong; at most 125 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The payload is longer.</exception>
    public static byte[] Pong(ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxControlPayload, nameof(payload));
        return Build(0xA, payload);
    }

    /// <summary>A close frame; empty when <paramref name="close"/> has no code.</summary>
    public static byte[] Close(CloseFrame close)
    {
        if (close.Code is not { } code) return [];
        Span<byte> payload = stackalloc byte[MaxControlPayload];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        var text = Encoding.UTF8.GetBytes(close.Text, payload[2..]);
        return Build(0x8, payload[..(2 + text)]);
    }

    private static byte[] Build(byte opcode, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var frame = new byte[header + payload.Length];
        frame[0] = (byte)(Final | opcode);
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
