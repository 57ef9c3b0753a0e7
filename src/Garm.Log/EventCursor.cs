using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Garm.Log;

/// <summary>
/// A place in a history, as clients keep it: opaque text. It encodes a version, the epoch, the position and the chain at that
/// position, in URL-safe base64.
/// </summary>
public static class EventCursor
{
    private const byte Version = 2;
    private const int EpochLength = 8;
    private const int ChainAt = 1 + EpochLength + sizeof(long);
    private const int Length = ChainAt + sizeof(int);

    /// <summary>The cursor of a place.</summary>
    public static string Encode(LogPlace place)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        Convert.FromHexString(place.Epoch.Value, bytes.Slice(1, EpochLength), out _, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(1 + EpochLength)..], place.Position.Value);
        BinaryPrimitives.WriteInt32BigEndian(bytes[ChainAt..], (int)place.Chain.Value);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Parses a cursor; false when it is not valid.</summary>
    public static bool TryDecode(string text, out LogPlace place)
    {
        place = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length != Base64Url.GetEncodedLength(Length)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Length
            || bytes[0] != Version)
        {
            return false;
        }

        var position = BinaryPrimitives.ReadInt64BigEndian(bytes[(1 + EpochLength)..]);
        var chain = BinaryPrimitives.ReadInt32BigEndian(bytes[ChainAt..]);
        if (position < 0 || chain < 0) return false;
        place = new LogPlace(
            new LogEpoch(Convert.ToHexStringLower(bytes.Slice(1, EpochLength))), new LogPosition(position), new LogChain(chain));
        return true;
    }
}
