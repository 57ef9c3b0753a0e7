using Akka.Actor;
using Garm.Actors.Sessions;
using Garm.WebSockets;

namespace Garm.Host.Events;

/// <summary>
/// Sends a session what its client sends, with back pressure, since an actor's mailbox is unbounded. After a number of frames or bytes the
/// session is queried; its reply shows that it has processed everything before, and only then is more read from the socket. TCP thus
/// slows down a client that floods. Pongs are not subject to the queue's limits, so pings are bounded by the pongs that were sent.
/// </summary>
internal sealed class SessionLink(IActorRef session, EventSocketOptions options) : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _pings = new(options.UnansweredPings);
    private int _frames;
    private int _bytes;
    private int _failed;

    /// <summary>Whether the session gets nothing more: its queue was sent, or the connection is aborted.</summary>
    public bool IsOver => _over.IsCancellationRequested;

    /// <summary>Sends the frame to the session; false when the session does not process its messages.</summary>
    public async ValueTask<bool> TellAsync(ClientFrame frame)
    {
        if (IsOver) return true;
        if (frame.Kind == ClientFrameKind.Ping && !await WaitForPongsAsync()) return true;

        session.Tell(ToMessage(frame), ActorRefs.NoSender);
        _frames++;
        _bytes += frame.Payload.Length;
        return (_frames < options.InFlightFrames && _bytes < options.InFlightBytes) || await WaitForSessionAsync();
    }

    /// <summary>A pong was sent, so that one more ping may be read.</summary>
    public void PongSent() => _pings.Release();

    /// <summary>Tells the session why its connection has failed; only the first reason is sent.</summary>
    public void Fail(SessionCloseReason reason, string text = "")
    {
        if (IsOver || Interlocked.Exchange(ref _failed, 1) != 0) return;
        session.Tell(new ClientFailed(reason, text), ActorRefs.NoSender);
    }

    /// <summary>Sends nothing more, and ends waits for the session.</summary>
    public void End() => _over.Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        _over.Dispose();
        _pings.Dispose();
    }

    private static object ToMessage(in ClientFrame frame) => frame.Kind switch
    {
        ClientFrameKind.Message => new ClientMessage(frame.Payload),
        ClientFrameKind.Ping => new ClientPing(frame.Payload),
        ClientFrameKind.Pong => ClientPong.Instance,
        ClientFrameKind.Close => new ClientClosed(frame.CloseCode),
        _ => throw new ArgumentOutOfRangeException(nameof(frame), frame.Kind, "not for the session"),
    };

    private async ValueTask<bool> WaitForPongsAsync()
    {
        try
        {
            await _pings.WaitAsync(_over.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async ValueTask<bool> WaitForSessionAsync()
    {
        try
        {
            await session.Ask<SessionStats>(GetSessionStats.Instance, options.SessionTimeout, _over.Token);
            _frames = 0;
            _bytes = 0;
            return true;
        }
        catch (AskTimeoutException)
        {
            return IsOver;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
