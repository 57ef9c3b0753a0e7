using Garm.Golden.Sockets;

namespace Garm.Cluster.Tests.Support;

/// <summary>
/// Waits for the events of a test's own writes. Events of the set-up may still reach a node that reads them
/// from the log.
/// </summary>
internal static class ProxyEvents
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The next events of proxies, at least this many.</summary>
    public static async Task<IReadOnlyList<string>> ProxyEventsAsync(this RawWebSocket socket, int count)
    {
        var frames = await socket.TakeAsync(x => x.Count(IsOne) >= count, Patience, TimeSpan.Zero);
        return [.. frames.Where(IsOne).Select(x => x.Text)];
    }

    private static bool IsOne(SocketFrame frame) =>
        frame.Kind == FrameKind.Text && frame.Text.StartsWith("""{"entity-type":"proxy",""", StringComparison.Ordinal);
}
