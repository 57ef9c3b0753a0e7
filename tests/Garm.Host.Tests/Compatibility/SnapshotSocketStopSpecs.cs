using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Compatibility;

/// <summary>How <c>/ws/metrics</c> ends with its node.</summary>
public sealed class SnapshotSocketStopSpecs : InitialisedHub
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task TheSocket_IsClosedWith1001_WhenTheNodeStops()
    {
        var result = await RawWebSocket.ConnectAsync(
            Host.BaseUrl, "/api/v1/ws/metrics", new Dictionary<string, string> { ["Authorization"] = $"Bearer {Admin.Token}" });
        await using var socket = result.Socket ?? throw new InvalidOperationException($"the handshake was answered with {result.Status}");
        await socket.TakeAsync(x => x.Any(frame => frame.Kind is FrameKind.Text or FrameKind.Eof), Timeout, TimeSpan.Zero);

        var stopping = Host.StopAsync();

        var frames = await socket.TakeAsync(x => x.Any(frame => frame.Kind is FrameKind.Close or FrameKind.Eof), Timeout, TimeSpan.Zero);
        Assert.Contains(frames, x => x.Kind == FrameKind.Close && x.Code == 1001);
        await stopping;
    }
}
