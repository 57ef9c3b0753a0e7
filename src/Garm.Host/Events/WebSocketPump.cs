using Akka.Actor;
using Garm.Actors.Sessions;

namespace Garm.Host.Events;

/// <summary>How a connection ended.</summary>
internal enum PumpEnd
{
    /// <summary>Everything was sent, and the client has confirmed that by its close frame or by ending its side.</summary>
    Confirmed,

    /// <summary>Everything was written, without a confirmation of the client.</summary>
    Unconfirmed,

    /// <summary>The connection was aborted.</summary>
    Aborted,
}

/// <summary>
/// Connects an upgraded connection with its session: one loop reads, one writes. When one ends, the other gets a short time to end too.
/// </summary>
/// <remarks>
/// The session ends the connection by completing its queue. The pump ends the session by <see cref="ClientClosed"/> or
/// <see cref="ClientFailed"/>. A session that stops has to complete or abort its queue.
/// </remarks>
/// <param name="stream">The connection's bytes after the handshake. The caller disposes it.</param>
/// <param name="outbound">The session's queue. The pump aborts it when the connection is lost.</param>
/// <param name="session">The session's actor.</param>
/// <param name="options">The limits.</param>
/// <param name="abort">Aborts the connection, which ends pending reads and writes.</param>
/// <param name="time">Measures the waits.</param>
internal sealed class WebSocketPump(
    Stream stream, OutboundQueue outbound, IActorRef session, EventSocketOptions options, Action abort, TimeProvider time)
{
    /// <summary>Runs until the connection has ended. It does not throw for errors of the connection.</summary>
    public async Task<PumpEnd> RunAsync()
    {
        using var link = new SessionLink(session, options);
        using var stop = new CancellationTokenSource();
        var receiver = new ReceiveLoop(stream, link, options, time);
        var receiving = receiver.RunAsync(stop.Token);
        var sending = new SendLoop(stream, outbound, link, options, time, abort).RunAsync();
        try
        {
            await Task.WhenAny(receiving, sending);
            if (receiving.IsCompleted) await FinishSendingAsync(await receiving, sending);
            if (await sending != SendEnd.Complete)
            {
                GiveUp();
                return PumpEnd.Aborted;
            }

            link.End();
            return await FinishReceivingAsync(receiver, receiving) ? PumpEnd.Confirmed : PumpEnd.Unconfirmed;
        }
        finally
        {
            link.End();
            if (!sending.IsCompleted) GiveUp();
            await stop.CancelAsync();
            await Task.WhenAll(receiving, sending);
        }
    }

    /// <summary>
    /// The session answers the client's close frame with its own, after everything queued before.
    /// </summary>
    private async Task FinishSendingAsync(ReceiveEnd received, Task<SendEnd> sending)
    {
        if (received == ReceiveEnd.Lost || !await sending.EndsWithinAsync(options.CloseTimeout, time)) GiveUp();
    }

    /// <summary>Gives the client a short time to read and to send its close frame.</summary>
    private async Task<bool> FinishReceivingAsync(ReceiveLoop receiver, Task<ReceiveEnd> receiving)
    {
        var start = time.GetTimestamp();
        for (var reads = -1; reads != receiver.Reads && time.GetElapsedTime(start) < options.LingerTimeout;)
        {
            reads = receiver.Reads;
            if (await receiving.EndsWithinAsync(options.LingerQuiet, time))
                return await receiving is ReceiveEnd.Closed or ReceiveEnd.Lost;
        }

        return false;
    }

    private void GiveUp()
    {
        outbound.Abort();
        abort();
    }
}
