using System.Net.WebSockets;

namespace Garm.Host.WebSockets;

/// <summary>
/// Serves websockets on which only the hub sends. There are few of them and they share no frames, so they use the framework's
/// <see cref="WebSocket"/>.
/// </summary>
/// <param name="writeTimeout">How long one message may take to be written.</param>
/// <param name="time">Measures the timeout.</param>
/// <param name="lifetime">Signals when the node stops.</param>
internal sealed class PushSockets(TimeSpan writeTimeout, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int ReadBufferBytes = 1024;

    /// <summary>
    /// Upgrades the request and runs <paramref name="push"/> on the connection. Afterwards it closes the connection: with 1001
    /// when the node stops, with 1011 when <paramref name="push"/> failed, else with 1000.
    /// </summary>
    /// <param name="context">The request; its answer may not have started.</param>
    /// <param name="handshake">The accepted handshake.</param>
    /// <param name="keepAlive">The pause between two pings.</param>
    /// <param name="push">
    /// Sends until it is finished. Its token is cancelled when the client closes, the connection is lost or the node stops.
    /// </param>
    public async Task RunAsync(
        HttpContext context, HandshakeDecision handshake, TimeSpan keepAlive, Func<PushSocket, CancellationToken, Task> push)
    {
        try
        {
            await using var stream = await WebSocketHandshake.UpgradeAsync(context, handshake);
            using var socket = WebSocket.CreateFromStream(
                stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = keepAlive });
            await RunAsync(context, socket, push);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // The client has disconnected.
        }
    }

    private async Task RunAsync(HttpContext context, WebSocket socket, Func<PushSocket, CancellationToken, Task> push)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var closed = new CancellationTokenSource();
        var reading = ReadAsync(socket, end, closed.Token);
        var status = WebSocketCloseStatus.InternalServerError;
        try
        {
            await push(new PushSocket(socket, writeTimeout, time, context.RequestAborted), end.Token);
            status = WebSocketCloseStatus.NormalClosure;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            status = WebSocketCloseStatus.NormalClosure;
        }
        finally
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested) status = WebSocketCloseStatus.EndpointUnavailable;
            await CloseAsync(socket, status);
            await closed.CancelAsync();
            await reading;
        }
    }

    /// <summary>
    /// Waits for the client's close frame; the framework answers pings during the read. The read is cancelled only after the
    /// hub's close frame was sent: cancelling a read of this class aborts the connection, and the client would get no code.
    /// </summary>
    private static async Task ReadAsync(WebSocket socket, CancellationTokenSource end, CancellationToken closed)
    {
        var buffer = new byte[ReadBufferBytes];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), closed)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // The client has disconnected, or the hub has closed.
        }

        await end.CancelAsync();
    }

    private async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using var limit = new CancellationTokenSource(writeTimeout, time);
        await socket.CloseOutputAsync(status, null, limit.Token);
    }
}

/// <summary>One connection of <see cref="PushSockets"/>.</summary>
internal sealed class PushSocket(WebSocket socket, TimeSpan writeTimeout, TimeProvider time, CancellationToken connectionLost)
{
    /// <summary>
    /// Sends a text message. Its write is not cancelled when the socket is to be closed: cancelling a write aborts the
    /// connection, and the client would get no close frame.
    /// </summary>
    /// <exception cref="OperationCanceledException">The write timeout is over, or the connection is lost.</exception>
    public async Task SendAsync(byte[] text)
    {
        using var timeout = new CancellationTokenSource(writeTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, connectionLost);
        await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }
}
