using System.Text;
using Garm.WebSockets;

namespace Garm.Actors.Changes;

/// <summary>The format of the frames that a connection gets.</summary>
public enum FrameForm : byte
{
    /// <summary>Websocket text frames with GARM's three fields.</summary>
    Plain,

    /// <summary>Websocket text frames of a client with a cursor.</summary>
    Cursor,

    /// <summary>Server-sent events (<c>text/event-stream</c>).</summary>
    ServerSentEvents,

    /// <summary>One JSON object per line (<c>application/x-ndjson</c>).</summary>
    Lines,
}

/// <summary>Encodes the JSON of a frame in a format.</summary>
internal static class FrameForms
{
    /// <summary>An event, or a row of a snapshot, which has no cursor.</summary>
    public static byte[] OfEvent(this FrameForm form, byte[] json, string? cursor) => form switch
    {
        FrameForm.ServerSentEvents => OfServerSent(json, cursor, isControl: false),
        FrameForm.Lines => OfLine(json),
        _ => FrameWriter.Text(json),
    };

    /// <summary>A control frame, with its cursor, if it has one.</summary>
    public static byte[] OfControl(this FrameForm form, byte[] json, string? cursor) => form switch
    {
        FrameForm.ServerSentEvents => OfServerSent(json, cursor, isControl: true),
        FrameForm.Lines => OfLine(json),
        _ => FrameWriter.Text(json),
    };

    private static byte[] OfServerSent(byte[] json, string? cursor, bool isControl)
    {
        var head = Encoding.UTF8.GetBytes($"{(cursor is null ? "" : $"id: {cursor}\n")}{(isControl ? "event: control\n" : "")}data: ");
        return [.. head, .. OnOneLine(json), (byte)'\n', (byte)'\n'];
    }

    private static byte[] OfLine(byte[] json) => [.. OnOneLine(json), (byte)'\n'];

    // A line feed between JSON tokens, which a payload of another server may contain, is white space; JSON strings contain none.
    private static ReadOnlySpan<byte> OnOneLine(byte[] json)
    {
        if (json.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') < 0) return json;
        var line = json.AsSpan().ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return line;
    }
}
