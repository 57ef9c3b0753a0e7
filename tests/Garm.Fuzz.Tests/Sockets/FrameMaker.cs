using System.Buffers.Binary;
using Garm.Fuzz.Tests.Support;

namespace Garm.Fuzz.Tests.Sockets;

/// <summary>Generates the bytes of a client's frames: valid ones, and those that violate RFC 6455.</summary>
internal static class FrameMaker
{
    private static readonly ushort[] Codes = [0, 999, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1011, 1012, 1014, 1015, 2999, 3000, 4999, 5000, 65535];

    /// <summary>Some bytes for the connection.</summary>
    public static byte[] Make(Random chances) => chances.Next(14) switch
    {
        0 => Frame(chances, 9, Hostile.Bytes(chances, chances.Next(5) == 0 ? 140 : 125)),
        1 => Frame(chances, 10, Hostile.Bytes(chances, 125)),
        2 => Frame(chances, 2, MessageMaker.Make(chances)),
        3 => Fragments(chances),
        4 => chances.Next(3) > 0 ? Frame(chances, 1, MessageMaker.Make(chances)) : Close(chances),
        5 => chances.Next(2) == 0 ? Frame(chances, chances.Next(16), Hostile.Bytes(chances, 20), head: (byte)(chances.Next(16) << 4)) : Frame(chances, 1, []),
        6 => chances.Next(4) == 0 ? Hostile.Bytes(chances, 60) : Frame(chances, 1, MessageMaker.Make(chances)),
        7 => chances.Next(3) == 0 ? Hostile.Damage(chances, Frame(chances, 1, MessageMaker.Make(chances))) : Frame(chances, 9, []),
        8 => chances.Next(3) == 0 ? Header(chances) : Frame(chances, 1, MessageMaker.Make(chances)),
        _ => Frame(chances, 1, MessageMaker.Make(chances)),
    };

    /// <summary>A client's close frame. It is always masked: the framework waits for the mask of an unmasked one.</summary>
    public static byte[] Goodbye(Random chances) => Frame(chances, 8, [3, 232], mayBeUnmasked: false);

    /// <summary>Whether the bytes are complete frames, valid or not.</summary>
    public static bool EndsWithAFrame(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 2)
        {
            var (length, size) = (bytes[1] & 0x7f) switch
            {
                126 => bytes.Length < 4 ? (ulong.MaxValue, 4) : (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 4),
                127 => bytes.Length < 10 ? (ulong.MaxValue, 10) : (BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]), 10),
                var small => ((ulong)small, 2),
            };
            if ((bytes[1] & 0x80) != 0) size += 4;
            if (size > bytes.Length || length > (ulong)(bytes.Length - size)) return false;
            bytes = bytes[(size + (int)length)..];
        }

        return bytes.IsEmpty;
    }

    private static byte[] Close(Random chances)
    {
        if (chances.Next(5) == 0) return Frame(chances, 8, Hostile.Bytes(chances, 130));
        var payload = new byte[2 + chances.Next(10)];
        chances.NextBytes(payload);
        BinaryPrimitives.WriteUInt16BigEndian(payload, Codes[chances.Next(Codes.Length)]);
        if (chances.Next(2) == 0) payload.AsSpan(2).Fill((byte)'a');
        return Frame(chances, 8, payload);
    }

    private static byte[] Fragments(Random chances)
    {
        var message = MessageMaker.Make(chances);
        var cut = chances.Next(message.Length + 1);
        byte[] between = chances.Next(2) == 0 ? Frame(chances, 9, [1, 2]) : [];

        // The second part may be missing, or may not be a continuation.
        byte[] second = chances.Next(6) == 0 ? [] : Frame(chances, chances.Next(6) == 0 ? 1 : 0, message[cut..]);
        return [.. Frame(chances, 1, message[..cut], head: 0), .. between, .. second];
    }

    // Announced lengths without the bytes, and lengths over the limit.
    private static byte[] Header(Random chances)
    {
        var header = new byte[10];
        header[0] = 0x81;
        header[1] = 0xff;
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), chances.Next(3) switch { 0 => ulong.MaxValue, 1 => 1UL << 40, _ => 2_000_000 });
        return [.. header, 1, 2, 3, 4];
    }

    private static byte[] Frame(Random chances, int opcode, byte[] payload, byte head = 0x80, bool mayBeUnmasked = true)
    {
        var frame = new List<byte> { (byte)(head | opcode) };
        var masked = mayBeUnmasked && chances.Next(150) == 0 ? 0 : 0x80;
        if (payload.Length < 126) frame.Add((byte)(masked | payload.Length));
        else
        {
            frame.AddRange([(byte)(masked | 126), (byte)(payload.Length >> 8), (byte)payload.Length]);
        }

        var mask = new byte[4];
        chances.NextBytes(mask);
        if (masked != 0) frame.AddRange(mask);
        for (var i = 0; i < payload.Length; i++) frame.Add((byte)(payload[i] ^ (masked != 0 ? mask[i % 4] : 0)));
        return [.. frame];
    }
}
