using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Garm.Bench.BareLoop;

/// <summary>A channel and a send loop for each listener; what a publisher says is written to every channel.</summary>
internal sealed class FanOut
{
    private readonly ConcurrentDictionary<WebSocket, ChannelWriter<byte[]>> _listeners = [];

    /// <summary>Sends until the client leaves or the server stops.</summary>
    public async Task ListenAsync(WebSocket socket, CancellationToken stopping)
    {
        var channel = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
        _listeners[socket] = channel.Writer;
        var sending = SendAsync(socket, channel.Reader, stopping);
        try
        {
            while (await ReceiveAsync(socket, stopping) is not null)
            {
                // A listener's messages ask for what it gets anyway.
            }
        }
        finally
        {
            _listeners.TryRemove(socket, out _);
            channel.Writer.TryComplete();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Gives each message of the client to all listeners.</summary>
    public async Task PublishAsync(WebSocket socket, CancellationToken stopping)
    {
        while (await ReceiveAsync(socket, stopping) is { } message) Publish(message);
    }

    /// <summary>Gives a message to all listeners.</summary>
    public void Publish(byte[] message)
    {
        foreach (var (_, listener) in _listeners) listener.TryWrite(message);
    }

    private static async Task SendAsync(WebSocket socket, ChannelReader<byte[]> reader, CancellationToken stopping)
    {
        while (await reader.WaitToReadAsync(stopping))
        {
            while (reader.TryRead(out var message))
                await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
        }
    }

    /// <summary>The next message; null at the end. It waits with no buffer, so that an idle connection holds none.</summary>
    private static async Task<byte[]?> ReceiveAsync(WebSocket socket, CancellationToken stopping)
    {
        var message = new MemoryStream(0);
        try
        {
            while (true)
            {
                await socket.ReceiveAsync(Memory<byte>.Empty, stopping);
                var chunk = new byte[8 * 1024];
                var received = await socket.ReceiveAsync(chunk.AsMemory(), stopping);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stopping);
                    return null;
                }

                message.Write(chunk, 0, received.Count);
                if (received.EndOfMessage) return message.ToArray();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            return null;
        }
    }
}
