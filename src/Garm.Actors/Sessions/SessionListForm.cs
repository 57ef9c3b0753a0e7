using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text;

namespace Garm.Actors.Sessions;

/// <summary>
/// The wire forms of the queries for sessions, the first of each. Numbers are 64 bits; texts and filters follow their length as a
/// 7-bit encoded integer; what may be absent follows a byte, 0 or 1. A query is its number and the session before it; a page is the
/// number, the next session, the count, and for each session the id, user, address, transport, time (UTC ticks), state, changes
/// behind, bytes queued, the length of the filter and the filter. Transport and state are words, so that a later version may have
/// others.
/// </summary>
internal static class SessionListForm
{
    private const int IdBytes = 16;

    public static byte[] Write(AskSessionPage query) => Write(writer =>
    {
        writer.Write(query.Ask);
        WriteId(writer, query.After);
    });

    public static byte[] Write(SessionPage page) => Write(writer =>
    {
        writer.Write(page.Ask);
        WriteId(writer, page.Next);
        writer.Write7BitEncodedInt(page.Sessions.Length);
        foreach (var session in page.Sessions) WriteSession(writer, session);
    });

    public static byte[] Write(EndSession command) => Write(writer =>
    {
        writer.Write(command.Ask);
        writer.Write(command.Id.Value.ToByteArray());
    });

    public static byte[] Write(SessionEndAnswer answer) => Write(writer =>
    {
        writer.Write(answer.Ask);
        writer.Write(answer.Found);
    });

    /// <exception cref="SerializationException">The bytes are not a query.</exception>
    public static AskSessionPage ReadQuery(byte[] bytes) => Read(bytes, reader => new AskSessionPage(reader.ReadInt64(), ReadOptionalId(reader)));

    /// <exception cref="SerializationException">The bytes are not a page.</exception>
    public static SessionPage ReadPage(byte[] bytes) => Read(bytes, reader =>
    {
        var (ask, next, count) = (reader.ReadInt64(), ReadOptionalId(reader), reader.Read7BitEncodedInt());
        if (count < 0 || count > bytes.Length) throw new SerializationException($"A page of {count} sessions.");
        var sessions = ImmutableArray.CreateBuilder<SessionInfo>(count);
        for (var i = 0; i < count; i++) sessions.Add(ReadSession(reader));
        return new SessionPage(ask, sessions.MoveToImmutable(), next);
    });

    /// <exception cref="SerializationException">The bytes are not a command.</exception>
    public static EndSession ReadEnd(byte[] bytes) => Read(bytes, reader => new EndSession(reader.ReadInt64(), ReadId(reader)));

    /// <exception cref="SerializationException">The bytes are not an answer.</exception>
    public static SessionEndAnswer ReadEndAnswer(byte[] bytes) =>
        Read(bytes, reader => new SessionEndAnswer(reader.ReadInt64(), ReadFlag(reader)));

    private static void WriteSession(BinaryWriter writer, SessionInfo session)
    {
        writer.Write(session.Id.Value.ToByteArray());
        writer.Write(session.User);
        writer.Write(session.Address);
        writer.Write(session.Transport);
        writer.Write(session.Since.UtcTicks);
        writer.Write(session.State);
        writer.Write(session.Behind is not null);
        if (session.Behind is { } behind) writer.Write(behind);
        writer.Write(session.QueuedBytes);
        writer.Write7BitEncodedInt(session.FilterBytes);
        writer.Write7BitEncodedInt(session.Filter.Length);
        writer.Write(session.Filter.Span);
    }

    private static SessionInfo ReadSession(BinaryReader reader) => new(ReadId(reader))
    {
        User = reader.ReadString(),
        Address = reader.ReadString(),
        Transport = reader.ReadString(),
        Since = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        State = reader.ReadString(),
        Behind = ReadFlag(reader) ? reader.ReadInt64() : null,
        QueuedBytes = reader.ReadInt64(),
        FilterBytes = reader.Read7BitEncodedInt(),
        Filter = ReadBytes(reader, reader.Read7BitEncodedInt()),
    };

    private static void WriteId(BinaryWriter writer, SessionId? id)
    {
        writer.Write(id is not null);
        if (id is { } session) writer.Write(session.Value.ToByteArray());
    }

    private static SessionId? ReadOptionalId(BinaryReader reader) => ReadFlag(reader) ? ReadId(reader) : null;

    private static SessionId ReadId(BinaryReader reader) => new(new Guid(ReadBytes(reader, IdBytes)));

    private static bool ReadFlag(BinaryReader reader) => reader.ReadByte() switch
    {
        0 => false,
        1 => true,
        var other => throw new SerializationException($"{other} is neither 0 nor 1."),
    };

    private static byte[] ReadBytes(BinaryReader reader, int count)
    {
        var bytes = reader.ReadBytes(count);
        return bytes.Length == count ? bytes : throw new SerializationException("A value ends too early.");
    }

    private static byte[] Write(Action<BinaryWriter> content)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        content(writer);
        return stream.ToArray();
    }

    private static T Read<T>(byte[] bytes, Func<BinaryReader, T> content)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            var message = content(reader);
            return reader.BaseStream.Position == bytes.Length ? message : throw new SerializationException("Bytes follow the message.");
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            throw new SerializationException($"The bytes are no {typeof(T).Name}.", e);
        }
    }
}
