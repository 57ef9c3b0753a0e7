using System.Net;
using System.Net.Sockets;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>What stands before the nodes: passes each connection on to the first node that answers.</summary>
internal sealed class SwitchingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly IReadOnlyList<Uri> _nodes;
    private readonly Task _accepting;

    public SwitchingProxy(params IReadOnlyList<Uri> nodes)
    {
        _nodes = nodes;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
            _ = PassAsync(await _listener.AcceptTcpClientAsync(_end.Token));
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            foreach (var node in _nodes)
            {
                using var server = new TcpClient();
                try
                {
                    await server.ConnectAsync(node.Host, node.Port, _end.Token);
                }
                catch (SocketException)
                {
                    continue; // It is gone: the next one.
                }

                var (here, there) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(here.CopyToAsync(there, _end.Token), there.CopyToAsync(here, _end.Token));
                return;
            }
        }
    }
}
