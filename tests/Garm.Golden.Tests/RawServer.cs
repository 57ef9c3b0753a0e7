using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Garm.Golden.Sockets;

namespace Garm.Golden.Tests;

/// <summary>The other end of one connection, byte by byte.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private const string KeyHeader = "Sec-WebSocket-Key: ";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _connection;

    public RawServer() => _listener.Start();

    public static string Switching(string accept) =>
        $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";

    public async Task<RawWebSocket> ConnectAsync()
    {
        var result = await HandshakeAsync(key => Switching(Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")))));
        return result.Socket!;
    }

    public async Task<HandshakeResult> HandshakeAsync(Func<string, string> answer)
    {
        var url = new Uri($"http://{_listener.LocalEndpoint}");
        var connecting = RawWebSocket.ConnectAsync(url, "/api/v1/ws/events", new Dictionary<string, string>());
        _connection = await _listener.AcceptTcpClientAsync();

        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)await ReadByteAsync());
        var key = head.ToString().Split("\r\n")
            .Single(line => line.StartsWith(KeyHeader, StringComparison.Ordinal))[KeyHeader.Length..];
        await SendAsync(Encoding.ASCII.GetBytes(answer(key)));
        return await connecting;
    }

    public Task SendAsync(byte[] bytes) => _connection!.GetStream().WriteAsync(bytes).AsTask();

    public void Close() => _connection!.Close();

    public async Task<(int First, string Payload)> ReadFrameAsync()
    {
        var first = await ReadByteAsync();
        var second = await ReadByteAsync();
        Assert.True(second >= 0x80, "a client has to mask its frames");
        long length = second & 0x7f;
        if (length >= 126)
        {
            var bytes = length == 126 ? 2 : 8;
            length = 0;
            for (var i = 0; i < bytes; i++) length = (length << 8) | await ReadByteAsync();
        }

        var masked = new byte[4 + length];
        await _connection!.GetStream().ReadExactlyAsync(masked);
        return (first, string.Concat(masked.Skip(4).Select((x, i) => (char)(x ^ masked[i % 4]))));
    }

    public ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte> ReadByteAsync()
    {
        var one = new byte[1];
        await _connection!.GetStream().ReadExactlyAsync(one);
        return one[0];
    }
}
