using System.Buffers.Binary;
using System.Runtime.Serialization;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>The query for a relay's position, and its answer, as bytes between nodes: nothing, and a little-endian 64-bit integer.</summary>
internal static class RelayPositionForm
{
    public static byte[] Write(RelayPosition answer)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, answer.Position.Value);
        return bytes;
    }

    /// <exception cref="SerializationException">The bytes are not a query.</exception>
    public static AskRelayPosition ReadQuery(byte[] bytes) =>
        bytes.Length == 0 ? AskRelayPosition.Instance : throw new SerializationException($"A query for a relay's position of {bytes.Length} bytes.");

    /// <exception cref="SerializationException">The bytes are not an answer.</exception>
    public static RelayPosition Read(byte[] bytes) => bytes.Length == sizeof(long)
        ? new RelayPosition(new LogPosition(BinaryPrimitives.ReadInt64LittleEndian(bytes)))
        : throw new SerializationException($"A relay's position of {bytes.Length} bytes.");
}
