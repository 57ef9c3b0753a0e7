using Akka.Hosting;
using Garm.Actors.Sessions;
using Garm.Host.Http;
using Garm.Host.WebSockets;

namespace Garm.Host.Events;

/// <summary>
/// <c>GET /api/v1/ws/events</c>: opens a session for an authenticated request and connects the two. The session opens
/// before the upgrade, so that a refusal is an HTTP answer that a client can handle.
/// </summary>
internal sealed class EventsEndpoint(
    IRequiredActor<SessionManagerActor> sessions,
    EventSocketOptions options,
    OriginPolicy origins,
    TimeProvider time,
    ILogger<EventsEndpoint> logger)
{
    private readonly OutboundLimits _limits = OutboundLimits.Default with { Bytes = options.SessionQueueBytes };

    /// <summary>Answers the request; the task ends with the connection.</summary>
    /// <param name="context">The request; its answer may not have started.</param>
    /// <param name="grant">What the request's token grants.</param>
    public async Task HandleAsync(HttpContext context, SessionGrant grant)
    {
        var decision = WebSocketHandshake.Decide(context, origins);
        if (!decision.IsAccepted)
        {
            logger.HandshakeRefused(decision.Status);
            await WebSocketHandshake.RefuseAsync(context.Response, decision.Status);
            return;
        }

        var outbound = new OutboundQueue(_limits);
        if (await OpenAsync(context, grant, outbound) is not { } opened) return;

        if (await UpgradeAsync(context, decision, opened.Id) is { } stream)
            await PumpAsync(context, stream, outbound, opened);
        else
            SessionOpening.Undo(opened);
    }

    private async Task<SessionOpened?> OpenAsync(HttpContext context, SessionGrant grant, OutboundQueue outbound)
    {
        var manager = await sessions.GetAsync(context.RequestAborted);
        var open = new OpenSession(SessionId.NewId(), grant, outbound) { Address = SessionOpening.AddressOf(context) };
        switch (await SessionOpening.AskAsync(manager, open, options.HandshakeTimeout, time, context.RequestAborted))
        {
            case SessionOpened opened:
                logger.SocketOpened(opened.Id, grant.UserId);
                return opened;

            case SessionRefused { Reason: var reason }:
                logger.SessionRefused(reason);
                await RefuseAsync(context, reason);
                return null;

            default:
                if (!context.RequestAborted.IsCancellationRequested) logger.SessionManagerSilent(options.HandshakeTimeout);
                await RefuseAsync(context, SessionRefusal.Draining);
                return null;
        }
    }

    /// <summary>
    /// A client of a stopping node may retry at once, because the load balancer soon sends it to another node. When the node's or the
    /// user's limit is reached, an immediate retry does not help.
    /// </summary>
    private static Task RefuseAsync(HttpContext context, SessionRefusal reason)
    {
        context.Response.Headers.RetryAfter = reason == SessionRefusal.Draining ? "1" : "10";
        return ApiError.Of(reason).WriteAsync(context);
    }

    private async Task<Stream?> UpgradeAsync(HttpContext context, HandshakeDecision decision, SessionId session)
    {
        try
        {
            var stream = await WebSocketHandshake.UpgradeAsync(context, decision);

            // The request lives as long as the connection, and would keep its token in memory.
            context.Request.Headers.Authorization = default;
            context.Request.Headers.Cookie = default;
            context.Request.Headers.SecWebSocketProtocol = default;
            return stream;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client has disconnected, or the server's limit on upgraded connections is reached.
            logger.UpgradeFailed(session, e.Message);
            return null;
        }
    }

    private async Task PumpAsync(HttpContext context, Stream stream, OutboundQueue outbound, SessionOpened opened)
    {
        var pump = new WebSocketPump(stream, outbound, opened.Session, options, context.Abort, time);
        var end = await pump.RunAsync();
        logger.SocketEnded(opened.Id, end);
        if (end == PumpEnd.Unconfirmed) ConnectionGuard.AbortIfStillOpen(context, options.WriteTimeout, time);
    }
}
