using Garm.Golden.Sockets;

namespace Garm.Host.Tests.Compatibility;

/// <summary>The log's sockets when there are too many, and when the node stops.</summary>
public sealed class LogSocketEndSpecs : IAsyncLifetime
{
    private readonly HubWithLogSocket _hub = new();

    public Task InitializeAsync() => _hub.InitializeAsync();

    public Task DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task TheSocket_IsClosed_WhenTheNodeStops()
    {
        await using var socket = await _hub.OpenAsync(_hub.Admin.Token);
        await _hub.LogSomethingAsync();
        await HubWithLogSocket.RecordAsync(socket, _ => true);

        var stopping = _hub.Host.StopAsync();

        await HubWithLogSocket.ClosedAsync(socket, 1001);
        await stopping;
    }

    [Fact]
    public async Task OneTooMany_IsRefused_AndTheRestGoOn()
    {
        var sockets = new List<RawWebSocket>();
        try
        {
            for (var i = 0; i < 20; i++) sockets.Add(await _hub.OpenAsync(_hub.Admin.Token));

            var refused = await _hub.ConnectAsync(_hub.Admin.Token, HubWithLogSocket.Path);

            Assert.Equal(503, refused.Status);
            Assert.Contains("too_many_sessions", refused.Body, StringComparison.Ordinal);
        }
        finally
        {
            foreach (var socket in sockets) await socket.DisposeAsync();
        }
    }
}
