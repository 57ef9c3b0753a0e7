using System.Buffers.Binary;
using System.Text;
using Garm.Actors.Sessions;

namespace Garm.Actors.Tests.Support;

/// <summary>Reads the queue of a session as short texts: <c>text …</c>, <c>ping</c>, <c>pong …</c>, <c>close 1000 …</c>.</summary>
internal static class Frames
{
    public static List<string> TakeAll(this OutboundQueue queue)
    {
        List<string> frames = [];
        while (queue.TryDequeue(out var next)) frames.AddRange(Split(next).Select(x => Describe(x.Span)));
        return frames;
    }

    /// <summary>The single frames; fails when their number differs from the stated one.</summary>
    public static List<ReadOnlyMemory<byte>> Split(OutboundFrames frames)
    {
        List<ReadOnlyMemory<byte>> single = [];
        for (var left = frames.Bytes; !left.IsEmpty; left = left[single[^1].Length..]) single.Add(left[..LengthOf(left.Span)]);
        Assert.Equal(frames.Count, single.Count);
        return single;
    }

    private static int LengthOf(ReadOnlySpan<byte> frame) => frame[1] switch
    {
        126 => 4 + BinaryPrimitives.ReadUInt16BigEndian(frame[2..]),
        127 => 10 + (int)BinaryPrimitives.ReadUInt64BigEndian(frame[2..]),
        var length => 2 + length,
    };

    /// <summary>Whether the queue is complete and all of it was taken.</summary>
    public static async Task<bool> IsOverAsync(this OutboundQueue queue)
    {
        return !await queue.WaitToDequeueAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    public static string Text(string json) => $"text {json}";

    private static string Describe(ReadOnlySpan<byte> frame)
    {
        var payload = frame[(frame[1] switch { 126 => 4, 127 => 10, _ => 2 })..];
        return ((frame[0] & 0x0F) switch
        {
            0x1 => $"text {Encoding.UTF8.GetString(payload)}",
            0x8 when payload.IsEmpty => "close",
            0x8 => $"close {BinaryPrimitives.ReadUInt16BigEndian(payload)} {Encoding.UTF8.GetString(payload[2..])}".TrimEnd(),
            0x9 => "ping",
            0xA => $"pong {Encoding.UTF8.GetString(payload)}",
            var opcode => $"opcode {opcode}",
        }).TrimEnd();
    }
}
