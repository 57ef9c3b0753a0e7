using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Garm.Golden.Sockets;

/// <summary>Encodes and decodes the frames of RFC 6455 as a client does.</summary>
internal static class FrameCodec
{
    public const int Continuation = 0;
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private const int Final = 0x80;
    private const int Masked = 0x80;

    // More than the server may send in one frame; a longer length is a corrupt stream.
    private const ulong LongestPayload = 64 << 20;

    /// <summary>Encodes a frame, masked as a client has to.</summary>
    public static byte[] Encode(int opcode, ReadOnlySpan<byte> payload, bool isFinal = true)
    {
        var lengthBytes = payload.Length < 126 ? 0 : payload.Length <= ushort.MaxValue ? 2 : 8;
        var frame = new byte[2 + lengthBytes + 4 + payload.Length];
        frame[0] = (byte)((isFinal ? Final : 0) | opcode);
        switch (lengthBytes)
        {
            case 0:
                frame[1] = (byte)(Masked | payload.Length);
                break;
            case 2:
                frame[1] = Masked | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                frame[1] = Masked | 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
                break;
        }

        var mask = frame.AsSpan(2 + lengthBytes, 4);
        RandomNumberGenerator.Fill(mask);
        var body = frame.AsSpan(2 + lengthBytes + 4);
        for (var i = 0; i < payload.Length; i++) body[i] = (byte)(payload[i] ^ mask[i % 4]);
        return frame;
    }

    public static byte[] EncodeClose(ushort code, string reason)
    {
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        return Encode(Close, payload);
    }

    /// <summary>Reads the next frame; throws <see cref="EndOfStreamException"/> at the end of the stream.</summary>
    public static async Task<RawFrame> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = await ReadAsync(stream, 2, cancellationToken);
        // A server must not mask (RFC 6455, 5.1), and without an extension the reserved bits are zero.
        if ((head[1] & Masked) != 0) throw new InvalidDataException("the server masked a frame");
        if ((head[0] & 0x70) != 0) throw new InvalidDataException("the server set a reserved bit");

        var length = (ulong)(head[1] & 0x7f);
        if (length == 126)
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(stream, 2, cancellationToken));
        else if (length == 127)
            length = BinaryPrimitives.ReadUInt64BigEndian(await ReadAsync(stream, 8, cancellationToken));
        if (length > LongestPayload) throw new InvalidDataException($"a frame of {length} bytes");

        var payload = await ReadAsync(stream, (int)length, cancellationToken);
        return new RawFrame(head[0] & 0x0f, (head[0] & Final) != 0, payload);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}

/// <summary>A frame as received, unmasked.</summary>
internal sealed record RawFrame(int Opcode, bool IsFinal, byte[] Payload);
