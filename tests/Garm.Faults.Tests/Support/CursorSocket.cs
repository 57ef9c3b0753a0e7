using Garm.Faults.Tests.Loads;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;

namespace Garm.Faults.Tests.Support;

/// <summary>One event socket in cursor mode.</summary>
internal sealed class CursorSocket(RawWebSocket socket) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Opens one at a node, for proxies with this <c>http_proxy</c>, or for all.</summary>
    public static async Task<CursorSocket> OpenAsync(FaultCluster cluster, int node, string cursor, string? proxy = null, int heartbeat = 0)
    {
        using var client = cluster.AdminAt(node);
        var socket = new CursorSocket(await client.OpenSocketAsync());
        await socket.AskAsync(proxy, cursor, heartbeat);
        return socket;
    }

    /// <summary>Sends a filter, with a cursor or without one to keep the place.</summary>
    public Task AskAsync(string? proxy, string? cursor, int heartbeat = 0)
    {
        var match = proxy is null ? "" : $$""","match":{"http_proxy":"{{proxy}}"}""";
        var place = cursor is null ? "" : $$""","cursor":"{{cursor}}","heartbeat-seconds":{{heartbeat}}""";
        return socket.SendTextAsync($$"""{"filters":[{"entity-type":"proxy"{{match}}}]{{place}}}""");
    }

    /// <summary>The next frames, at least this many.</summary>
    public Task<IReadOnlyList<CursorFrame>> TakeAsync(int count) => TakeUntilAsync(x => x.Count >= count);

    /// <summary>The next frames, until the condition holds.</summary>
    public async Task<IReadOnlyList<CursorFrame>> TakeUntilAsync(Func<IReadOnlyList<CursorFrame>, bool> isEnough)
    {
        var frames = await socket.TakeAsync(x => isEnough(Read(x)), Patience, TimeSpan.Zero);
        var read = Read(frames);
        Assert.True(isEnough(read), $"in vain for {Patience.TotalSeconds} s; there was: {string.Join(", ", frames)}");
        return read;
    }

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    private static IReadOnlyList<CursorFrame> Read(IReadOnlyList<SocketFrame> frames) =>
        [.. frames.Where(x => x.Kind == FrameKind.Text).Select(x => CursorFrame.Read(x.Text))];
}
