using Akka.Actor;
using Garm.Actors.Sessions;
using Garm.WebSockets;

namespace Garm.Host.Events;

/// <summary>
/// Tells a session what its client sends, and no more than the session works off: an actor's mailbox has no bound of its
/// own. After a number of frames or bytes the session is asked a question; its answer shows that it has seen everything
/// before it, and only then is more read from the socket, so that a client that floods is held up by TCP and nobody else
/// is. A pong waits in the outbound queue outside its limits, so pings are bounded by the pongs that were sent.
/// </summary>
internal sealed class SessionLink(IActorRef session, EventSocketOptions options) : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _pings = new(options.UnansweredPings);
    private int _frames;
    private int _bytes;
    private int _failed;

    /// <summary>Whether the session needs nothing more: its queue is sent, or the connection is given up.</summary>
    public bool IsOver => _over.IsCancellationRequested;

    /// <summary>Tells the session what came. False when it does not work off what it is told.</summary>
    public async ValueTask<bool> TellAsync(ClientFrame frame)
    {
        if (IsOver) return true;
        if (frame.Kind == ClientFrameKind.Ping && !await WaitForPongsAsync()) return true;

        session.Tell(ToMessage(frame), ActorRefs.NoSender);
        _frames++;
        _bytes += frame.Payload.Length;
        return (_frames < options.InFlightFrames && _bytes < options.InFlightBytes) || await WaitForSessionAsync();
    }

    /// <summary>A pong was sent: there is room for one more ping.</summary>
    public void PongSent() => _pings.Release();

    /// <summary>Tells the session why its connection is no good any more; the first reason counts.</summary>
    public void Fail(SessionCloseReason reason, string text = "")
    {
        if (IsOver || Interlocked.Exchange(ref _failed, 1) != 0) return;
        session.Tell(new ClientFailed(reason, text), ActorRefs.NoSender);
    }

    /// <summary>Nothing more is told, and whoever waits for the session stops waiting.</summary>
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
