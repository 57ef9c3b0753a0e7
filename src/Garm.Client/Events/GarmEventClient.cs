using System.Net.WebSockets;
using System.Text;
using Garm.Contracts.Events;

namespace Garm.Client.Events;

/// <summary>
/// Opens event streams. It does not reconnect: <see cref="GarmEventStream.End"/> tells why a stream ended. One that goes on
/// where it was is <see cref="GarmEventFeed"/>.
/// </summary>
/// <param name="address">The hub's base URL, without <c>/api/v1</c>; https makes the socket wss.</param>
/// <param name="token">A token from the login, of an administrator.</param>
public sealed class GarmEventClient(Uri address, string token)
{
    /// <summary>How long the handshake may take: 30 seconds.</summary>
    public static TimeSpan HandshakeTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopped stream waits for the server's goodbye before it cuts the connection: 2 seconds.</summary>
    public TimeSpan ClosePatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Opens a stream of the events that the options ask for.</summary>
    /// <inheritdoc cref="OpenAsync(string, CancellationToken)" path="/returns"/>
    public Task<GarmEventStream> OpenAsync(EventOptions options, CancellationToken cancellationToken = default) =>
        OpenAsync(EventOptionsJson.Write(options), cancellationToken);

    /// <summary>Opens a stream with an options message that is sent as it is, e.g. <c>{"send-everything":true}</c>.</summary>
    /// <returns>
    /// The stream, also when it could not be opened: its <see cref="GarmEventStream.End"/> is set then, and it has no
    /// events. So nothing is thrown for a network failure or a refusal, and there is one place to look at.
    /// </returns>
    public async Task<GarmEventStream> OpenAsync(string optionsJson, CancellationToken cancellationToken = default)
    {
        // The socket's default of an unsolicited pong every 30 s stays: it renews GARM's read limit (60 s) also while the
        // reader pauses. A ping with a deadline would cut a paused reader off, since its pongs wait behind unread events.
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
