using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Garm.WebSockets;

/// <summary>The opcodes of RFC 6455, section 5.2.</summary>
internal enum FrameOpcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>Result of <see cref="FrameHeader.TryRead"/>.</summary>
internal enum FrameHeaderResult
{
    Incomplete,
    Complete,
    Invalid,
}

/// <summary>The header of a client's frame (RFC 6455, section 5.2), with the checks that a server has to make.</summary>
/// <param name="Opcode">The frame's opcode; always a defined one.</param>
/// <param name="IsFinal">Whether it ends its message.</param>
/// <param name="PayloadLength">How many bytes follow the header.</param>
/// <param name="Size">Bytes of the header itself; 0 while its length field is incomplete.</param>
/// <param name="Mask">The masking key, in the order of the wire.</param>
internal readonly record struct FrameHeader(FrameOpcode Opcode, bool IsFinal, long PayloadLength, int Size, uint Mask)
{
    /// <summary>The longest payload of a ping, pong or close frame.</summary>
    public const int MaxControlPayload = 125;

    /// <summary>The bit of the first byte that ends a message.</summary>
    public const byte FinalBit = 0x80;

    private const int MaxSize = 14;
    private const int MaskSize = 4;
    private const byte ReservedBits = 0x70;
    private const byte MaskBit = 0x80;

    /// <summary>Whether it is a close, ping or pong.</summary>
    public bool IsControl => ((byte)Opcode & 0x8) != 0;

    /// <summary>
    /// Reads a header at the start of <paramref name="input"/>. A broken rule is reported as soon as the bytes that break it
    /// are there, even while the rest of the header is missing.
    /// </summary>
    public static FrameHeaderResult TryRead(in ReadOnlySequence<byte> input, out FrameHeader header)
    {
        header = default;
        Span<byte> bytes = stackalloc byte[MaxSize];
        var available = (int)Math.Min(input.Length, MaxSize);
        input.Slice(0, available).CopyTo(bytes);
        bytes = bytes[..available];
        if (bytes.Length < 2) return FrameHeaderResult.Incomplete;

        var opcode = (FrameOpcode)(bytes[0] & 0x0F);
        var isFinal = (bytes[0] & FinalBit) != 0;
        var shortLength = bytes[1] & ~MaskBit;
        if ((bytes[0] & ReservedBits) != 0 || (bytes[1] & MaskBit) == 0 || !Enum.IsDefined(opcode))
            return FrameHeaderResult.Invalid;

        header = new FrameHeader(opcode, isFinal, shortLength, 0, 0);
        if (header.IsControl && (!isFinal || shortLength > MaxControlPayload)) return FrameHeaderResult.Invalid;

        var lengthSize = shortLength switch { 127 => 8, 126 => 2, _ => 0 };
        var size = 2 + lengthSize + MaskSize;
        if (bytes.Length < 2 + lengthSize) return FrameHeaderResult.Incomplete;

        var length = lengthSize switch
        {
            8 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => shortLength,
        };
        if (length < 0) return FrameHeaderResult.Invalid; // RFC 6455: the top bit of a 64-bit length is zero.

        header = header with { PayloadLength = length, Size = size };
        if (bytes.Length < size) return FrameHeaderResult.Incomplete;
        header = header with { Mask = MemoryMarshal.Read<uint>(bytes[(size - MaskSize)..]) };
        return FrameHeaderResult.Complete;
    }
}
