using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Garm.Host.Tests.Fronts;

/// <summary>A client that sends bytes and reads bytes.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _connection = new();

    public static async Task<RawClient> ConnectAsync(Uri hub)
    {
        var client = new RawClient();
        await client._connection.ConnectAsync(IPAddress.Loopback, hub.Port);
        return client;
    }

    public Stream Stream => _connection.GetStream();

    public Task SendAsync(string text) => Stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>Reads up to and with a text; bytes are Latin-1 characters.</summary>
    public async Task<string> ReadToAsync(string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        using var limit = new CancellationTokenSource(Patience);
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (await Stream.ReadAsync(one, limit.Token) == 0) throw new EndOfStreamException($"after {text}");
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    /// <summary>Reads a head and a body with a length.</summary>
    public async Task<(string Head, byte[] Body)> ReadAnswerAsync()
    {
        var head = await ReadToAsync("\r\n\r\n");
        var length = head.Split("\r\n").Single(x => x.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        var body = new byte[int.Parse(length)];
        await Stream.ReadExactlyAsync(body).AsTask().WaitAsync(Patience);
        return (head, body);
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
