using System.Text;

namespace Garm.Contracts.Events;

/// <summary>
/// The JSON of one event, as GARM writes it: <c>{"entity-type":"…","operation":"…","payload":…}</c>, keys in this order,
/// no white space, no line feed at the end.
/// </summary>
public static class EventFrame
{
    private static readonly byte[][] Heads = [.. Enumerable.Range(0, EventKind.Count).Select(i => Head(EventKind.FromIndex(i)))];

    /// <summary>Wraps a payload that is JSON already; the payload's bytes are copied once.</summary>
    public static byte[] Encode(EventKind kind, ReadOnlySpan<byte> payload)
    {
        var head = Heads[kind.Index];
        var frame = new byte[head.Length + payload.Length + 1];
        head.CopyTo(frame, 0);
        payload.CopyTo(frame.AsSpan(head.Length));
        frame[^1] = (byte)'}';
        return frame;
    }

    /// <summary>The event as clients with a cursor get it: GARM's three fields, then <c>cursor</c> and <c>committed-at</c>.</summary>
    public static byte[] Encode(EventKind kind, ReadOnlySpan<byte> payload, string cursor, DateTimeOffset committedAt)
    {
        var head = Heads[kind.Index];
        var tail = Encoding.UTF8.GetBytes($$""","cursor":"{{cursor}}","committed-at":"{{ControlFrame.Time(committedAt)}}"}""");
        var frame = new byte[head.Length + payload.Length + tail.Length];
        head.CopyTo(frame, 0);
        payload.CopyTo(frame.AsSpan(head.Length));
        tail.CopyTo(frame.AsSpan(head.Length + payload.Length));
        return frame;
    }

    private static byte[] Head(EventKind kind) => Encoding.UTF8.GetBytes(
        $$"""{"entity-type":"{{kind.Type.WireName()}}","operation":"{{kind.Operation.WireName()}}","payload":""");
}
