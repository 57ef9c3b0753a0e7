using System.Buffers;
using System.IO.Pipelines;
using Garm.Actors.Sessions;
using Garm.WebSockets;

namespace Garm.Host.Events;

/// <summary>Why reading ended.</summary>
internal enum ReceiveEnd
{
    /// <summary>The client sent its close frame.</summary>
    Closed,

    /// <summary>The connection ended without a close frame.</summary>
    Lost,

    /// <summary>The session does not process its messages.</summary>
    SessionStuck,

    /// <summary>The pump stopped it.</summary>
    Stopped,
}

/// <summary>
/// Reads one connection and sends its session what the client sends, in the order of the wire. Zero-byte reads let an idle connection hold
/// no buffer. After the end of the session, or after an error of the client, it reads and drops bytes until the client's close frame or
/// the end of the stream: closing a socket with unread bytes resets it.
/// </summary>
internal sealed class ReceiveLoop(Stream stream, SessionLink session, EventSocketOptions options, TimeProvider time)
{
    private static readonly StreamPipeReaderOptions ReaderOptions = new(leaveOpen: true, useZeroByteReads: true);

    private readonly FrameReader _frames = new(options.MaxMessageBytes);
    private readonly MessageRate _rate = new(options.MaxMessagesPerSecond, time);
    private int _reads;

    /// <summary>The number of reads so far.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Reads until one of the ends. It does not throw for errors of the connection.</summary>
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
