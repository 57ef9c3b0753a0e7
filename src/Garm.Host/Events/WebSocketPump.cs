using Akka.Actor;
using Garm.Actors.Sessions;

namespace Garm.Host.Events;

/// <summary>How a connection came to its end.</summary>
internal enum PumpEnd
{
    /// <summary>Everything was sent, and the client has seen it: it answered, or ended its side.</summary>
    Confirmed,

    /// <summary>Everything was written; whether the client has read it is not known.</summary>
    Unconfirmed,

    /// <summary>It was given up.</summary>
    Aborted,
}

/// <summary>
/// Owns one upgraded connection between the socket and its session: one loop reads, one writes, and whichever ends first
/// gives the other a short time. It is gone only when both have ended.
/// </summary>
/// <remarks>
/// The session ends the connection by completing its queue; the pump ends it by telling the session why
/// (<see cref="ClientClosed"/>, <see cref="ClientFailed"/>). A session that stops has to complete or abort its queue.
/// </remarks>
/// <param name="stream">The connection's bytes after the handshake. Not disposed here.</param>
/// <param name="outbound">What the session wants sent. Aborted here when the connection is lost.</param>
/// <param name="session">Is told what the client sends.</param>
/// <param name="options">The limits.</param>
/// <param name="abort">Ends the connection at once, so that a read or write that waits for it ends too.</param>
/// <param name="time">Measures the waits.</param>
internal sealed class WebSocketPump(
    Stream stream, OutboundQueue outbound, IActorRef session, EventSocketOptions options, Action abort, TimeProvider time)
{
    /// <summary>Pumps until the connection has ended; it does not throw for what a connection may do.</summary>
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
    /// After the client's close frame the session answers with its own, behind what it has queued before. After a loss
    /// there is nobody to send to.
    /// </summary>
    private async Task FinishSendingAsync(ReceiveEnd received, Task<SendEnd> sending)
    {
        if (received == ReceiveEnd.Lost || !await sending.EndsWithinAsync(options.CloseTimeout, time)) GiveUp();
    }

    /// <summary>Leaves the client a short time to read and to answer; the loop drops what it still sends.</summary>
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
