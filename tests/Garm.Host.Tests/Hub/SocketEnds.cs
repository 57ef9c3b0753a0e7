using Garm.Golden.Sockets;

namespace Garm.Host.Tests.Hub;

/// <summary>Waits for the frames of a socket.</summary>
internal static class SocketEnds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Everything until the end of the stream, which must come.</summary>
    public static async Task<IReadOnlyList<SocketFrame>> UntilEndAsync(this RawWebSocket socket)
    {
        var frames = await socket.TakeAsync(x => x.Any(f => f.Kind == FrameKind.Eof), Patience, TimeSpan.Zero);
        Assert.Equal(FrameKind.Eof, frames[^1].Kind);
        return frames;
    }

    /// <summary>The close frame that the socket ends with.</summary>
    public static async Task<SocketFrame> CloseFrameAsync(this RawWebSocket socket)
    {
        var frames = await socket.UntilEndAsync();
        return Assert.Single(frames, x => x.Kind == FrameKind.Close);
    }

    /// <summary>The next events, at least this many.</summary>
    public static async Task<IReadOnlyList<string>> EventsAsync(this RawWebSocket socket, int count)
    {
        var frames = await socket.TakeAsync(x => x.Count(f => f.Kind == FrameKind.Text) >= count, Patience, TimeSpan.Zero);
        return [.. frames.Where(x => x.Kind == FrameKind.Text).Select(x => x.Text)];
    }
}
