using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// The wire forms of a <see cref="ChangeBatch"/>. The first: epoch, commit id, first position, the chains before and after the batch, the count,
/// and for each change its type and operation (one byte each, the enumerations' values), key, time (UTC ticks), payload and last state.
/// Positions are consecutive, so only the first is written. Strings and payloads follow their length as a 7-bit encoded integer.
/// The second has the former fields and the source after the last state of each change. It is written only where there is one of them:
/// an older node, which cannot read it, finds these changes in the log.
/// </summary>
internal static class ChangeBatchForm
{
    // An estimate, so that the array rarely grows.
    private const int BytesBesidePayload = 64;

    // Upper bounds of a change without its key and payloads, and of the batch's head.
    private const int BytesBesideChange = 34;
    private const int BytesBesideBatch = 256;
    private const int MostBytesOfACharacter = 3;

    /// <summary>Which form the batch is written in, 1 or 2.</summary>
    public static int FormOf(ChangeBatch batch) => batch.Changes.Any(x => !x.Before.IsEmpty || x.Source.Length > 0) ? 2 : 1;

    /// <summary>An upper bound of the bytes that <see cref="Write"/> returns.</summary>
    public static long SizeAtMost(ChangeBatch batch) => BytesBesideBatch + batch.Changes.Sum(
        c => (long)c.Payload.Length + c.LastState.Length + c.Before.Length + ((c.EntityId.Length + c.Source.Length) * MostBytesOfACharacter)
            + BytesBesideChange);

    public static byte[] Write(ChangeBatch batch)
    {
        var size = batch.Changes.Sum(c => c.Payload.Length + c.LastState.Length + c.Before.Length + BytesBesidePayload) + BytesBesidePayload;
        var form = FormOf(batch);
        using var stream = new MemoryStream(size);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(batch.Epoch.Value);
        writer.Write(batch.CommitId.ToByteArray());
        writer.Write(batch.First.Value);
        writer.Write(batch.Changes[0].ChainBefore.Value);
        writer.Write(batch.End.Chain.Value);
        writer.Write7BitEncodedInt(batch.Changes.Length);
        foreach (var change in batch.Changes)
        {
            writer.Write((byte)change.EntityType);
            writer.Write((byte)change.Operation);
            writer.Write(change.EntityId);
            writer.Write(change.CommittedAt.UtcTicks);
            writer.Write7BitEncodedInt(change.Payload.Length);
            writer.Write(change.Payload.Span);
            writer.Write7BitEncodedInt(change.LastState.Length);
            writer.Write(change.LastState.Span);
            if (form == 1) continue;
            writer.Write7BitEncodedInt(change.Before.Length);
            writer.Write(change.Before.Span);
            writer.Write(change.Source);
        }

        return stream.ToArray();
    }

    /// <exception cref="SerializationException">The bytes are not a batch in this form, or name a kind that this node does not know.</exception>
    public static ChangeBatch Read(byte[] bytes, int form)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            var batch = Read(reader, bytes.Length, form);
            return reader.BaseStream.Position == bytes.Length ? batch : throw new SerializationException("Bytes follow the batch.");
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            throw new SerializationException("The bytes are not a batch of changes.", e);
        }
    }

    private static ChangeBatch Read(BinaryReader reader, int length, int form)
    {
        var epoch = new LogEpoch(reader.ReadString());
        var commit = new Guid(reader.ReadBytes(16));
        var first = reader.ReadInt64();
        var before = new LogChain(reader.ReadInt64());
        var chain = new LogChain(reader.ReadInt64());
        var count = reader.Read7BitEncodedInt();
        if (count < 1 || count > length) throw new SerializationException($"A batch of {count} changes.");

        var changes = ImmutableArray.CreateBuilder<Change>(count);
        for (var i = 0; i < count; i++) changes.Add(ReadChange(reader, new LogPosition(first + i), form) with { Chain = chain, ChainBefore = i == 0 ? before : chain });
        return new ChangeBatch(epoch, commit, changes.MoveToImmutable());
    }

    private static Change ReadChange(BinaryReader reader, LogPosition position, int form)
    {
        var type = reader.ReadByte();
        var operation = reader.ReadByte();
        if (type >= EntityTypes.Count || operation >= ChangeOperations.Count)
            throw new SerializationException($"A change of a kind ({type}, {operation}) that this node does not know.");

        var id = reader.ReadString();
        var committedAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var payload = ReadBytes(reader);
        var change = new Change(position, (EntityType)type, (ChangeOperation)operation, id, payload, committedAt)
        {
            LastState = ReadBytes(reader),
        };
        return form == 1 ? change : change with { Before = ReadBytes(reader), Source = reader.ReadString() };
    }

    private static byte[] ReadBytes(BinaryReader reader)
    {
        var size = reader.Read7BitEncodedInt();
        var bytes = reader.ReadBytes(size);
        return bytes.Length == size ? bytes : throw new SerializationException("A payload ends too early.");
    }
}
