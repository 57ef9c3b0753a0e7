using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Garm.TestUtilities;

namespace Garm.Faults.Tests.Support;

/// <summary>The network between nodes, with a bare socket on each side: a cut must be silent.</summary>
public sealed class NodeNetworkSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task ACut_HoldsBackBytes_AndTheEndOfTheConnection_UntilTheHeal()
    {
        await using var network = NodeNetwork.Start(nodes: 2);
        var (client, server) = await ConnectAsync(network);
        using var disposal = server;

        network.Isolate(1);
        var reading = ReadAsync(server, 4);
        await client.GetStream().WriteAsync("late"u8.ToArray());
        await UntilBlockedAsync(network, 1);
        client.Dispose();
        Assert.False(reading.IsCompleted);

        network.Heal(NodeNetwork.Healing.Late);
        Assert.Equal("late", await reading);
        Assert.Equal("", await ReadAsync(server, 1));
    }

    [Fact]
    public async Task TheEndOfAConnection_IsNotSeen_WhileTheNetworkIsCut()
    {
        await using var network = NodeNetwork.Start(nodes: 2);
        var (client, server) = await ConnectAsync(network);
        using var disposal = server;

        network.Isolate(1);
        client.Dispose();
        await UntilBlockedAsync(network, 1);
        var reading = ReadAsync(server, 1);
        Assert.False(reading.IsCompleted);

        network.Heal(NodeNetwork.Healing.Late);
        Assert.Equal("", await reading);
    }

    [Fact]
    public async Task AConnectionThatIsReset_LosesWhatWaited_OnBothSides()
    {
        await using var network = NodeNetwork.Start(nodes: 2);
        var (client, server) = await ConnectAsync(network);
        using var both = client;
        using var disposal = server;

        network.Isolate(0);
        await client.GetStream().WriteAsync("lost"u8.ToArray());
        await UntilBlockedAsync(network, 1);
        network.Heal(NodeNetwork.Healing.Reset);

        foreach (var side in new[] { client, server })
        {
            var fault = await Assert.ThrowsAsync<IOException>(() => ReadAsync(side, 1));
            Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(fault.InnerException).SocketErrorCode);
        }
    }

    // Node 0 opens a connection to node 1, and sends its address as Akka's handshake does.
    private static async Task<(TcpClient Client, TcpClient Server)> ConnectAsync(NodeNetwork network)
    {
        var (from, to) = (HostOf(network, 0), HostOf(network, 1));
        var port = int.Parse(network.SettingsOf(1).Single(x => x.Key == "Garm:Cluster:Port").Value!, CultureInfo.InvariantCulture);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Parse(to), port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(from));
        var server = await listener.AcceptTcpClientAsync().WaitAsync(Patience);
        Assert.Equal(from, await ReadAsync(server, from.Length));
        return (client, server);
    }

    private static string HostOf(NodeNetwork network, int node) => network.SettingsOf(node).Single(x => x.Key == "Garm:Cluster:Hostname").Value!;

    private static Task UntilBlockedAsync(NodeNetwork network, long count) => Retry.UntilAsync(
        "something is held back", () => Task.FromResult(network.Blocked >= count), Patience);

    // This number of bytes, or those up to the end of the stream.
    private static async Task<string> ReadAsync(TcpClient client, int length)
    {
        var buffer = new byte[length];
        var read = await client.GetStream().ReadAtLeastAsync(buffer, length, throwOnEndOfStream: false).AsTask().WaitAsync(Patience);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
