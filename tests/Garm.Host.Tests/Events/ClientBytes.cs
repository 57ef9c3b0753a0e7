using System.Buffers;
using System.Buffers.Binary;

namespace Garm.Host.Tests.Events;

/// <summary>Builds a client's bytes, valid or not, without the code under test.</summary>
internal static class ClientBytes
{
    public const byte Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    private static readonly byte[] Key = [0x37, 0xFA, 0x21, 0x3D];

    /// <summary>A whole frame.</summary>
    public static byte[] Frame(byte opcode, ReadOnlySpan<byte> payload, bool final = true, byte[]? key = null)
    {
        key ??= Key;
        var head = Head(opcode, (ulong)payload.Length, final, key);
        var frame = new byte[head.Length + payload.Length];
        head.CopyTo(frame, 0);
        for (var i = 0; i < payload.Length; i++) frame[head.Length + i] = (byte)(payload[i] ^ key[i % 4]);
        return frame;
    }

    /// <summary>A close frame.</summary>
    public static byte[] CloseFrame(ushort code, ReadOnlySpan<byte> reason = default)
    {
        var payload = new byte[2 + reason.Length];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        reason.CopyTo(payload.AsSpan(2));
        return Frame(Close, payload);
    }

    /// <summary>A header that announces a length, whether or not the bytes follow.</summary>
    public static byte[] Head(byte opcode, ulong length, bool final = true, byte[]? key = null)
    {
        var head = new List<byte> { (byte)((final ? 0x80 : 0) | opcode) };
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, length);
        switch (length)
        {
            case < 126:
                head.Add((byte)(0x80 | length));
                break;
            case <= ushort.MaxValue:
                head.Add(0x80 | 126);
                head.AddRange(number[6..]);
                break;
            default:
                head.Add(0x80 | 127);
                head.AddRange(number);
                break;
        }

        head.AddRange(key ?? Key);
        return [.. head];
    }

    /// <summary>Bytes in pieces, as in a pipe.</summary>
    public static ReadOnlySequence<byte> InPieces(ReadOnlyMemory<byte> bytes, int pieceSize)
    {
        if (bytes.IsEmpty) return ReadOnlySequence<byte>.Empty;
        Piece? first = null;
        Piece? last = null;
        for (var i = 0; i < bytes.Length; i += pieceSize)
        {
            last = new Piece(bytes.Slice(i, Math.Min(pieceSize, bytes.Length - i)), last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            if (before is not null) before.Next = this;
        }
    }
}
