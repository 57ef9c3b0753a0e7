using System.Numerics;
using System.Runtime.InteropServices;

namespace Garm.WebSockets;

/// <summary>Masks and unmasks payloads (RFC 6455, section 5.3); masking twice restores the payload.</summary>
internal static class FrameMask
{
    /// <summary>Masks or unmasks in place.</summary>
    /// <param name="payload">A frame's whole payload, or a piece that starts at a multiple of four bytes into it.</param>
    /// <param name="mask">The masking key: four bytes in wire order.</param>
    public static void Apply(Span<byte> payload, uint mask)
    {
        if (mask == 0) return;
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(payload);
        var key = Vector.AsVectorByte(new Vector<uint>(mask));
        for (var i = 0; i < vectors.Length; i++) vectors[i] ^= key;

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        MemoryMarshal.Write(bytes, mask);
        for (var i = vectors.Length * Vector<byte>.Count; i < payload.Length; i++) payload[i] ^= bytes[i & 3];
    }
}
