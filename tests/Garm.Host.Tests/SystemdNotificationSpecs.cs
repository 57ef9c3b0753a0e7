using System.Net.Sockets;
using System.Text;
using Garm.TestUtilities;

namespace Garm.Host.Tests;

/// <summary>The notifications for a unit with <c>Type=notify</c>.</summary>
public sealed class SystemdNotificationSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task TheHub_TellsSystemd_WhenItListens_AndWhenItStops()
    {
        var folder = Directory.CreateTempSubdirectory("garm-notify-").FullName;
        try
        {
            var path = Path.Combine(folder, "notify");
            using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            systemd.Bind(new UnixDomainSocketEndPoint(path));
            await using var host = await RunningHost.StartAsync(new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = path });

            Assert.Equal("READY=1", await ReceiveAsync(systemd));
            await host.StopAsync();

            Assert.Equal("STOPPING=1", await ReceiveAsync(systemd));
            Assert.Equal(0, host.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var buffer = new byte[256];
        var length = await socket.ReceiveAsync(buffer, timeout.Token);
        return Encoding.ASCII.GetString(buffer, 0, length).Trim();
    }
}
