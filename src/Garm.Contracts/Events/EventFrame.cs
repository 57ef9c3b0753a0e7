using System.Text;

namespace Garm.Contracts.Events;

/// <summary>
/// The JSON of one event, as GARM writes it: <c>{"entity-type":"…","operation":"…","payload":…}</c>, keys in this order,
/// no white space, no line feed at the end.
/// </summary>
public static class EventFrame
{
    private static readonly byte[][] Heads = [.. Enumerable.Range(0, EventKind.Count).Select(i => Head(EventKind.FromIndex(i)))];

    private static readonly byte[][] RowHeads = [.. EntityTypes.All.Select(x => Head(x, "snapshot", SourceNames.Hub, FilterMove.None))];

    /// <summary>Wraps a JSON payload, whose bytes are copied once.</summary>
    public static byte[] Encode(EventKind kind, ReadOnlySpan<byte> payload)
    {
        var head = Heads[kind.Index];
        var frame = new byte[head.Length + payload.Length + 1];
        head.CopyTo(frame, 0);
        payload.CopyTo(frame.AsSpan(head.Length));
        frame[^1] = (byte)'}';
        return frame;
    }

    /// <summary>
    /// The event for clients with a cursor: GARM's three fields, <c>left</c> or <c>entered</c> and <c>source</c> after
    /// <c>operation</c> if they apply, then <c>cursor</c> and <c>committed-at</c>.
    /// </summary>
    public static byte[] Encode(
        EventKind kind, ReadOnlySpan<byte> payload, string cursor, DateTimeOffset committedAt, string source = SourceNames.Hub,
        FilterMove move = FilterMove.None)
    {
        var head = move == FilterMove.None && source.Length == 0
            ? Heads[kind.Index]
            : Head(kind.Type, kind.Operation.WireName(), source, move);
        var tail = Encoding.UTF8.GetBytes($$""","cursor":"{{cursor}}","committed-at":"{{ControlFrame.Time(committedAt)}}"}""");
        var frame = new byte[head.Length + payload.Length + tail.Length];
        head.CopyTo(frame, 0);
        payload.CopyTo(frame.AsSpan(head.Length));
        tail.CopyTo(frame.AsSpan(head.Length + payload.Length));
        return frame;
    }

    /// <summary>A row of a snapshot: an entity's current state, with <c>source</c> after <c>operation</c> unless it is the hub's own.</summary>
    public static byte[] EncodeRow(EntityType type, string source, ReadOnlySpan<byte> payload)
    {
        var head = source.Length == 0 ? RowHeads[(int)type] : Head(type, "snapshot", source, FilterMove.None);
        return [.. head, .. payload, (byte)'}'];
    }

    private static byte[] Head(EventKind kind) => Head(kind.Type, kind.Operation.WireName(), SourceNames.Hub, FilterMove.None);

    // The names contain no character that JSON escapes.
    private static byte[] Head(EntityType type, string operation, string source, FilterMove move)
    {
        var moved = move switch
        {
            FilterMove.Left => ""","left":true""",
            FilterMove.Entered => ""","entered":true""",
            _ => "",
        };
        var from = source.Length == 0 ? "" : $",\"source\":\"{source}\"";
        return Encoding.UTF8.GetBytes($$"""{"entity-type":"{{type.WireName()}}","operation":"{{operation}}"{{moved}}{{from}},"payload":""");
    }
}

/// <summary>How an update moved an entity relative to a filter's <c>match</c>.</summary>
public enum FilterMove : byte
{
    /// <summary>It still matches, or it is not known whether it matched before.</summary>
    None,

    /// <summary>It matched before and no longer matches.</summary>
    Left,

    /// <summary>It did not match before and matches now.</summary>
    Entered,
}
