using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Garm.TestUtilities;

/// <summary>Passes connections on to a hub at whatever address it has now, and cuts all of them when the test asks for it.</summary>
public sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private readonly Func<Uri?> _hub;

    /// <param name="hub">The hub's present address, which changes when it is started again; null while it does not run.</param>
    public CuttingRelay(Func<Uri?> hub)
    {
        _hub = hub;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public Uri Address { get; }

    /// <summary>Ends every connection with a reset, in the middle of a frame as it may be.</summary>
    public void Cut()
    {
        foreach (var socket in _open.Keys)
        {
            _open.TryRemove(socket, out _);
            socket.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = PassAsync(await _listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task PassAsync(Socket client)
    {
        var hub = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _open[client] = 0;
        _open[hub] = 0;
        try
        {
            if (_hub() is not { } address) return;
            await hub.ConnectAsync(address.Host, address.Port, _stop.Token);
            await Task.WhenAny(CopyAsync(client, hub), CopyAsync(hub, client));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            foreach (var socket in new[] { client, hub })
            {
                _open.TryRemove(socket, out _);
                socket.Close(0);
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[4096];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is var count and > 0)
            {
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stop.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }
}
