using System.Buffers;
using Garm.Actors.Sessions;
using Garm.Actors.Telemetry;
using Garm.WebSockets;

namespace Garm.Host.Events;

/// <summary>How sending came to its end.</summary>
internal enum SendEnd
{
    /// <summary>The queue is complete and everything in it was written.</summary>
    Complete,

    /// <summary>The queue was aborted: what waited is not sent.</summary>
    Aborted,

    /// <summary>A write made no progress for too long.</summary>
    Stalled,

    /// <summary>A write failed.</summary>
    Broken,
}

/// <summary>
/// Writes what the session queues to one connection, in order. Everything that waits goes into one write, up to a bound:
/// under load the number of writes falls with the number of connections, not with the number of events. A buffer is
/// rented only for the copying together; what is alone, or large, is written from the memory that all connections
/// share.
/// </summary>
internal sealed class SendLoop(
    Stream stream, OutboundQueue outbound, SessionLink session, EventSocketOptions options, TimeProvider time, Action abort)
{
    // Of the write that is being joined; counted as sent once it is written.
    private int _frames;
    private int _textFrames;

    /// <summary>Writes until the queue is complete or the connection is no good; it does not throw for either.</summary>
    public async Task<SendEnd> RunAsync()
    {
        try
        {
            // The wait ends with the queue, which the pump aborts when the connection is lost.
            while (await outbound.WaitToDequeueAsync())
            {
                var more = TryDequeue(out var frames);
                while (more)
                {
                    if (outbound.Aborted) return SendEnd.Aborted;
                    (more, frames) = await WriteTogetherAsync(frames);
                }
            }

            return outbound.Aborted ? SendEnd.Aborted : SendEnd.Complete;
        }
        catch (TimeoutException)
        {
            return SendEnd.Stalled;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            session.Fail(SessionCloseReason.ConnectionLost);
            return SendEnd.Broken;
        }
    }

    /// <summary>
    /// Writes frames together with those that wait behind them, and returns the first that did not fit, if there are any.
    /// </summary>
    private async ValueTask<(bool More, OutboundFrames Next)> WriteTogetherAsync(OutboundFrames first)
    {
        Count(first);
        var more = TryDequeue(out var next);
        if (!more || first.Bytes.Length + next.Bytes.Length > options.WriteBytes)
        {
            await WriteAsync(first.Bytes);
            TellWritten();
            return (more, next);
        }

        var wanted = Math.Min(options.WriteBytes, first.Bytes.Length + next.Bytes.Length + outbound.Bytes);
        var buffer = ArrayPool<byte>.Shared.Rent((int)wanted);
        try
        {
            first.Bytes.CopyTo(buffer);
            var length = first.Bytes.Length;
            do
            {
                Count(next);
                next.Bytes.CopyTo(buffer.AsMemory(length));
                length += next.Bytes.Length;
                more = TryDequeue(out next);
            }
            while (more && length + next.Bytes.Length <= wanted);

            await WriteAsync(buffer.AsMemory(0, length));
            TellWritten();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (more, next);
    }

    /// <summary>
    /// Writes in pieces, each of which has to get through in time: one large frame may take longer than that.
    /// </summary>
    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, options.WriteBytes)];
            bytes = bytes[piece.Length..];
            var write = stream.WriteAsync(piece, CancellationToken.None);
            if (write.IsCompletedSuccessfully) write.GetAwaiter().GetResult();
            else await WaitAsync(write.AsTask());
        }
    }

    private async Task WaitAsync(Task write)
    {
        try
        {
            await write.WaitAsync(options.WriteTimeout, time);
        }
        catch (TimeoutException)
        {
            if (write.IsCompleted)
            {
                // Both came in the same moment: what counts is how the write ended.
                await write;
                return;
            }

            session.Fail(SessionCloseReason.SlowConsumer);
            abort();

            // The write still reads the buffer, which must not go back to the pool before.
            await write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private void Count(OutboundFrames frames)
    {
        _frames += frames.Count;
        if (FrameWriter.IsText(frames.Bytes.Span)) _textFrames += frames.Count;
    }

    private void TellWritten()
    {
        if (_textFrames > 0) GarmTelemetry.EventsDelivered(_textFrames);
        outbound.Sample.Written(_frames);
        _frames = _textFrames = 0;
    }

    private bool TryDequeue(out OutboundFrames frames)
    {
        if (!outbound.TryDequeue(out frames)) return false;
        if (FrameWriter.IsPong(frames.Bytes.Span)) session.PongSent();
        return true;
    }
}
