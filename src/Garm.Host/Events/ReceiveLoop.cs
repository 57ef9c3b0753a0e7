using System.Buffers;
using System.IO.Pipelines;
using Garm.Actors.Sessions;
using Garm.WebSockets;

namespace Garm.Host.Events;

/// <summary>How reading came to its end.</summary>
internal enum ReceiveEnd
{
    /// <summary>The client sent its close frame.</summary>
    Closed,

    /// <summary>The connection broke, or the client ended it without a close frame.</summary>
    Lost,

    /// <summary>The session does not work off what it is told.</summary>
    SessionStuck,

    /// <summary>It was told to stop.</summary>
    Stopped,
}

/// <summary>
/// Reads one connection and tells its session what comes, in the order of the wire. It reads zero bytes first, so that an
/// idle connection holds no buffer. When the session is over, or the client broke the rules, it goes on reading and drops
/// what comes, until the client's close frame or end of stream: unread bytes would turn our close into a reset.
/// </summary>
internal sealed class ReceiveLoop(Stream stream, SessionLink session, EventSocketOptions options, TimeProvider time)
{
    private static readonly StreamPipeReaderOptions ReaderOptions = new(leaveOpen: true, useZeroByteReads: true);

    private readonly FrameReader _frames = new(options.MaxMessageBytes);
    private readonly MessageRate _rate = new(options.MaxMessagesPerSecond, time);
    private int _reads;

    /// <summary>Changes whenever something has come.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Reads until the end, whichever it is; it does not throw for what a connection may do.</summary>
    public async Task<ReceiveEnd> RunAsync(CancellationToken stop)
    {
        var reader = PipeReader.Create(stream, ReaderOptions);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(stop);
                Volatile.Write(ref _reads, _reads + 1);
                var buffer = result.Buffer;
                while (_frames.TryRead(ref buffer, out var frame))
                {
                    if (await HandleAsync(frame) is { } end) return end;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                if (!result.IsCompleted) continue;
                session.Fail(SessionCloseReason.ConnectionLost);
                return ReceiveEnd.Lost;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ReceiveEnd.Stopped;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            session.Fail(SessionCloseReason.ConnectionLost);
            return ReceiveEnd.Lost;
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static SessionCloseReason ReasonOf(FrameError error) =>
        error == FrameError.MessageTooBig ? SessionCloseReason.MessageTooBig : SessionCloseReason.ProtocolError;

    private async ValueTask<ReceiveEnd?> HandleAsync(ClientFrame frame)
    {
        if (frame.Kind == ClientFrameKind.Error)
        {
            session.Fail(ReasonOf(frame.Error), frame.Text);
            return null;
        }

        if (frame.Kind == ClientFrameKind.Message && !_rate.TryTake())
        {
            session.Fail(SessionCloseReason.TooManyMessages);
            return null;
        }

        var told = await session.TellAsync(frame);
        if (frame.Kind == ClientFrameKind.Close) return ReceiveEnd.Closed;
        if (told) return null;
        session.Fail(SessionCloseReason.InternalError);
        return ReceiveEnd.SessionStuck;
    }
}
