using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Garm.Contracts.Text;

namespace Garm.Client.Events;

/// <summary>
/// An open event socket. Enumerate it once, with <see cref="ReadTextAsync"/> or <see cref="ReadAsync"/>; afterwards <see cref="End"/> is the
/// reason of the end. A slow reader slows down the server; nothing is dropped here.
/// </summary>
public sealed class GarmEventStream : IAsyncDisposable
{
    /// <summary>The largest event that is read, in bytes; a larger one ends the stream as unreadable.</summary>
    public const int MaxEventBytes = 64 * 1024 * 1024;

    private const int LongestQuote = 100;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ClientWebSocket _socket;
    private readonly TimeSpan _closePatience;
    private readonly CancellationTokenSource _abort = new();
    private readonly MessageBuffer _buffer = new(MaxEventBytes);
    private string? _notice;

    internal GarmEventStream(ClientWebSocket socket, EventStreamEnd? end, TimeSpan closePatience)
    {
        _socket = socket;
        _closePatience = closePatience;
        End = end;
    }

    /// <summary>Why the stream ended; null while it is open.</summary>
    public EventStreamEnd? End { get; private set; }

    /// <summary>The texts of the events exactly as received, until the stream ends or the caller cancels; it throws for neither.</summary>
    public async IAsyncEnumerable<string> ReadTextAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Cancellation sends a close frame and receives until the server's close frame, for a clean close.
        using var stop = cancellationToken.UnsafeRegister(static stream => ((GarmEventStream)stream!).BeginClose(), this);
        while (End is null)
        {
            var text = await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (text is null || cancellationToken.IsCancellationRequested) continue;

            // Every event is an object. GARM reports a bad filter as plain text and closes; the text becomes the cause of the end.
            if (!text.StartsWith('{')) _notice = text;
            else if (_notice is { } passed) End = new EventStreamEnd.Unreadable($"\"{TextCut.To(passed, LongestQuote)}\" is not a JSON object");
            else yield return text;
        }
    }

    /// <summary>
    /// The parsed events. Control frames are skipped; any other text that is not an event ends the stream as unreadable.
    /// </summary>
    public async IAsyncEnumerable<GarmEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var text in ReadTextAsync(cancellationToken).ConfigureAwait(false))
        {
            GarmEvent? garmEvent;
            try
            {
                garmEvent = FeedFrame.Read(text).Event;
            }
            catch (InvalidDataException e)
            {
                End = new EventStreamEnd.Unreadable(e.Message);
                yield break;
            }

            if (garmEvent is not null) yield return garmEvent;
        }
    }

    /// <summary>Sends a further message, such as another filter or a new token. Throws when the connection is lost.</summary>
    public Task SendTextAsync(string json, CancellationToken cancellationToken = default) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, cancellationToken);

    /// <summary>Closes the socket with a close frame if that takes no longer than <see cref="GarmEventClient.ClosePatience"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_socket.State == WebSocketState.Open) await CloseOutputAsync().ConfigureAwait(false);
        _socket.Dispose();
        _abort.Dispose();
    }

    private async Task<string?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            _buffer.Clear();
            while (true)
            {
                var received = await _socket.ReceiveAsync(_buffer.Free(), _abort.Token).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await EndByCloseFrameAsync(cancellationToken).ConfigureAwait(false);
                    return null;
                }

                _buffer.Advance(received.Count);
                if (received.EndOfMessage) return StrictUtf8.GetString(_buffer.Written);
            }
        }
        catch (Exception e) when (e is InvalidDataException or DecoderFallbackException)
        {
            End = new EventStreamEnd.Unreadable(e.Message);
            return null;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            End = cancellationToken.IsCancellationRequested
                ? new EventStreamEnd.StoppedByCaller()
                : new EventStreamEnd.ConnectionLost(Causes.Innermost(e));
            return null;
        }
    }

    private async Task EndByCloseFrameAsync(CancellationToken cancellationToken)
    {
        End = cancellationToken.IsCancellationRequested
            ? new EventStreamEnd.StoppedByCaller()
            : new EventStreamEnd.ClosedByServer(
                (int)(_socket.CloseStatus ?? WebSocketCloseStatus.Empty), _socket.CloseStatusDescription ?? "", _notice);
        if (_socket.State == WebSocketState.CloseReceived) await CloseOutputAsync().ConfigureAwait(false);
    }

    private void BeginClose()
    {
        _abort.CancelAfter(_closePatience);
        if (_socket.State == WebSocketState.Open) _ = CloseOutputAsync();
    }

    private async Task CloseOutputAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(_closePatience);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is already lost.
        }
    }
}
