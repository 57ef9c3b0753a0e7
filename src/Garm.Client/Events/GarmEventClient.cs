using System.Net.WebSockets;
using System.Text;
using Garm.Contracts.Events;

namespace Garm.Client.Events;

/// <summary>
/// Opens event streams. It does not reconnect: <see cref="GarmEventStream.End"/> says why a stream ended.
/// <see cref="GarmEventFeed"/> reconnects and resumes.
/// </summary>
/// <param name="address">The hub's base URL, without <c>/api/v1</c>; https makes the socket wss.</param>
/// <param name="token">An administrator's token.</param>
public sealed class GarmEventClient(Uri address, string token)
{
    /// <summary>The timeout of the handshake: 30 seconds.</summary>
    public static TimeSpan HandshakeTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopped stream waits for the server's close frame before it aborts the connection: 2 seconds.</summary>
    public TimeSpan ClosePatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Opens a stream of the events that the options select.</summary>
    /// <inheritdoc cref="OpenAsync(string, CancellationToken)" path="/returns"/>
    public Task<GarmEventStream> OpenAsync(EventOptions options, CancellationToken cancellationToken = default) =>
        OpenAsync(EventOptionsJson.Write(options), cancellationToken);

    /// <summary>Opens a stream with an options message that is sent unchanged, for example <c>{"send-everything":true}</c>.</summary>
    /// <returns>
    /// The stream, even when it could not be opened: then its <see cref="GarmEventStream.End"/> is set, and it has no
    /// events. Nothing is thrown for a network failure or a refusal, so a caller needs to check only the end.
    /// </returns>
    public async Task<GarmEventStream> OpenAsync(string optionsJson, CancellationToken cancellationToken = default)
    {
        // The socket's default, an unsolicited pong every 30 s, is kept: it renews GARM's read limit (60 s) even while the
        // reader pauses. A ping with a timeout would disconnect a paused reader, because its pongs wait behind unread events.
        var socket = new ClientWebSocket();
        var recorder = new HandshakeRecorder();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(HandshakeTimeout);
        try
        {
            using var invoker = new HttpMessageInvoker(recorder);
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(HubAddress.EventSocket(address), invoker, limit.Token).ConfigureAwait(false);
            await socket.SendAsync(Encoding.UTF8.GetBytes(optionsJson), WebSocketMessageType.Text, true, limit.Token).ConfigureAwait(false);
            return Stream(null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Stream(new EventStreamEnd.StoppedByCaller());
        }
        catch (OperationCanceledException)
        {
            var cause = $"no answer within {HandshakeTimeout.TotalSeconds:0} seconds";
            return Stream(new EventStreamEnd.Unreachable(cause));
        }
        catch (WebSocketException) when (recorder.Refusal is { } refusal)
        {
            return Stream(new EventStreamEnd.HandshakeRefused(refusal));
        }
        catch (WebSocketException e)
        {
            return Stream(recorder.Accepted
                ? new EventStreamEnd.ConnectionLost(Causes.Innermost(e))
                : new EventStreamEnd.Unreachable(Causes.Innermost(e)));
        }

        GarmEventStream Stream(EventStreamEnd? end) => new(socket, end, ClosePatience);
    }
}
