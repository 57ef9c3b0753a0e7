using System.Buffers;
using Garm.Actors.Sessions;
using Garm.Actors.Telemetry;
using Garm.WebSockets;

namespace Garm.Host.Events;

/// <summary>Why sending ended.</summary>
internal enum SendEnd
{
    /// <summary>The queue was completed and written.</summary>
    Complete,

    /// <summary>The queue was aborted; the rest is not sent.</summary>
    Aborted,

    /// <summary>A write timed out.</summary>
    Stalled,

    /// <summary>A write failed.</summary>
    Broken,
}

/// <summary>
/// Writes the queue of a session to its connection. Waiting frames are joined into one write, up to a limit, so that under load the number
/// of writes does not grow with the number of events. A buffer is rented only for joining; a single or large item is written from the
/// memory that all connections share.
/// </summary>
internal sealed class SendLoop(
    Stream stream, OutboundQueue outbound, SessionLink session, EventSocketOptions options, TimeProvider time, Action abort)
{
    // Of the write that is being joined; counted as sent once it is written.
    private int _frames;
    private int _textFrames;

    /// <summary>Writes until the queue is complete or the connection fails. It throws for neither.</summary>
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
    /// Writes frames joined with those behind them; returns the first ones that did not fit, if there are any.
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
    /// Writes in pieces, each with its own timeout, since a large frame may take longer than one.
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
                // It ended at the moment of the timeout; the result of the write counts.
                await write;
                return;
            }

            session.Fail(SessionCloseReason.SlowConsumer);
            abort();

            // The write still uses the buffer, so the buffer must not return to the pool before the write has ended.
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
