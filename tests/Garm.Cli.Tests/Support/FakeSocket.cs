using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Garm.Cli.Tests.Support;

/// <summary>The hub's side of one event socket.</summary>
internal sealed class FakeSocket(HttpContext context, WebSocket socket)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the test is done with the socket; the request's handler waits for it.</summary>
    public Task Done => _done.Task;

    public string? Authorization { get; } = context.Request.Headers.Authorization;

    /// <summary>The client's next text; null when it closed, with <see cref="CloseCode"/> set.</summary>
    public async Task<string?> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var received = await Wait.ForAsync("a message from the client", socket.ReceiveAsync(buffer, CancellationToken.None));
        return received.MessageType == WebSocketMessageType.Close
            ? null
            : Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    public WebSocketCloseStatus? CloseCode => socket.CloseStatus;

    public Task SendAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Sends one message in frames of the given parts.</summary>
    public async Task SendFragmentsAsync(params byte[][] parts)
    {
        for (var i = 0; i < parts.Length; i++)
            await socket.SendAsync(parts[i], WebSocketMessageType.Text, i == parts.Length - 1, CancellationToken.None);
    }

    /// <summary>Sends a close frame; the connection ends when the client has answered it.</summary>
    public async Task CloseAsync(int code, string? reason = null)
    {
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None);
        _ = EndAfterAnswerAsync();
    }

    /// <summary>Answers the client's close frame; a client that did not wait for it is fine, too.</summary>
    public async Task AnswerCloseAsync()
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
        }

        _done.TrySetResult();
    }

    /// <summary>Cuts the connection without a close frame.</summary>
    public void Cut()
    {
        context.Abort();
        _done.TrySetResult();
    }

    // A connection that is closed with unread bytes is reset, and the reset can overtake the close frame.
    private async Task EndAfterAnswerAsync()
    {
        try
        {
            while (await ReceiveAsync() is not null)
            {
            }
        }
        catch (WebSocketException)
        {
            // The client has closed the connection, which is an answer too.
        }

        _done.TrySetResult();
    }
}
