using System.Net;
using System.Net.Sockets;
using System.Text;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Limits;

/// <summary>Clients that connect and send nothing are disconnected, and do not keep others out.</summary>
public sealed class PendingConnectionsSpecs : InitialisedHub
{
    private const int Max = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Garm:Events:HandshakeTimeout"] = "3s",
        ["Garm:Events:MaxPendingConnections"] = $"{Max}",
    };

    [Fact]
    public async Task AConnection_ThatNeverSendsAByte_Ends()
    {
        using var silent = await ConnectAsync();

        Assert.Equal(0, await ReadAsync(silent));
        Assert.True(await CountsAsync("silent"));
    }

    [Fact]
    public async Task WhereTooManySayNothing_TheOldestGoes_AndWhoAsksIsAnswered()
    {
        var silent = new List<TcpClient>();
        for (var i = 0; i < Max; i++) silent.Add(await ConnectAsync());

        using var speaker = await ConnectAsync();
        var oldest = ReadAsync(silent[0]);
        await speaker.GetStream().WriteAsync("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(speaker.GetStream(), Encoding.ASCII);

        Assert.StartsWith("HTTP/1.1 200 ", await reader.ReadToEndAsync().WaitAsync(Patience), StringComparison.Ordinal);
        Assert.Equal(0, await oldest);
        Assert.True(await CountsAsync("crowded"));
        silent.ForEach(x => x.Dispose());
    }

    [Fact]
    public async Task AConnectionThatHasAsked_StaysOpen_LongerThanTheHandshakeMayTake()
    {
        using var client = await ConnectAsync();
        var request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray();
        await client.GetStream().WriteAsync(request);
        Assert.True(await ReadAsync(client) > 0);

        // A connection that has been silent since the same moment was closed, so the time is over.
        using var silent = await ConnectAsync();
        Assert.Equal(0, await ReadAsync(silent));
        await client.GetStream().WriteAsync(request);
        Assert.True(await ReadAsync(client) > 0);
    }

    private async Task<bool> CountsAsync(string reason) =>
        Telemetry.MetricsEndpointSpecs.ValueOf(
            (await Admin.SendAsync("GET", "/metrics")).Text, "garm_connections_dropped_total", $"reason=\"{reason}\"") >= 1;

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Host.BaseUrl.Port);
        return client;
    }

    /// <summary>The number of received bytes; 0 for the connection's end of any kind.</summary>
    private static async Task<int> ReadAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[4096]).AsTask().WaitAsync(Patience);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
