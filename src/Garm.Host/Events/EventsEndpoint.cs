using Akka.Hosting;
using Garm.Actors.Sessions;
using Garm.Host.Api;
using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Events;

/// <summary>
/// <c>GET /api/v1/ws/events</c>: from an authenticated request to a session with a connection. Who may come in (set-up,
/// token, administrator) is decided before; the session is asked for before the upgrade, so that a refusal is an HTTP
/// answer that a client can act on.
/// </summary>
public sealed class EventsEndpoint(
    IRequiredActor<SessionManagerActor> sessions,
    EventsOptions options,
    TimeProvider time,
    ILogger<EventsEndpoint> logger)
{
    private readonly OriginPolicy _origins = new(options.AllowedOrigins);

    private readonly OutboundLimits _limits = OutboundLimits.Default with { Bytes = options.SessionQueueBytes };

    private readonly PumpSettings _settings = new()
    {
        WriteTimeout = options.WriteTimeout,
        MaxMessageBytes = options.MaxMessageBytes,
        MaxMessagesPerSecond = options.MaxMessagesPerSecond,
    };

    /// <summary>Answers the request; the task ends with the connection.</summary>
    /// <param name="context">The request; nothing of its answer may have been written.</param>
    /// <param name="grant">What the request's token grants.</param>
    public async Task HandleAsync(HttpContext context, SessionGrant grant)
    {
        var decision = WebSocketHandshake.Decide(
            context.Request.Protocol, context.Request.Headers, context.Request.Host.Value ?? "", _origins);
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        if (decision.IsAccepted && upgrade is not { IsUpgradableRequest: true })
            decision = new HandshakeDecision(StatusCodes.Status400BadRequest, null);

        if (!decision.IsAccepted)
        {
            logger.HandshakeRefused(decision.Status);
            await WebSocketHandshake.RefuseAsync(context.Response, decision.Status);
            return;
        }

        var outbound = new OutboundQueue(_limits);
        if (await OpenAsync(context, grant, outbound) is not { } opened) return;

        if (await UpgradeAsync(context, upgrade!, decision, opened.Id) is { } stream)
            await PumpAsync(context, stream, outbound, opened);
        else
            SessionOpening.Undo(opened);
    }

    private async Task<SessionOpened?> OpenAsync(HttpContext context, SessionGrant grant, OutboundQueue outbound)
    {
        var manager = await sessions.GetAsync(context.RequestAborted);
        var open = new OpenSession(SessionId.NewId(), grant, outbound);
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
    /// A node that stops is behind a balancer that soon knows, so trying again at once is right; a full node is not
    /// emptied by trying, and neither is a user's share of it.
    /// </summary>
    private static Task RefuseAsync(HttpContext context, SessionRefusal reason)
    {
        context.Response.Headers.RetryAfter = reason == SessionRefusal.Draining ? "1" : "10";
        return ApiError.Of(reason).WriteAsync(context);
    }

    private async Task<Stream?> UpgradeAsync(
        HttpContext context, IHttpUpgradeFeature upgrade, HandshakeDecision decision, SessionId session)
    {
        ConnectionGuard.LiftRequestLimits(context);
        WebSocketHandshake.SetHeaders(context.Response.Headers, decision);
        try
        {
            var stream = await upgrade.UpgradeAsync();

            // The request lives as long as the connection; its token need not.
            context.Request.Headers.Authorization = default;
            context.Request.Headers.Cookie = default;
            context.Request.Headers.SecWebSocketProtocol = default;
            return stream;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client is gone, or the server's own limit on upgraded connections is reached.
            logger.UpgradeFailed(session, e.Message);
            return null;
        }
    }

    private async Task PumpAsync(HttpContext context, Stream stream, OutboundQueue outbound, SessionOpened opened)
    {
        var pump = new WebSocketPump(stream, outbound, opened.Session, _settings, context.Abort, time);
        var end = await pump.RunAsync();
        logger.SocketEnded(opened.Id, end);
        if (end == PumpEnd.Unconfirmed) ConnectionGuard.AbortIfStillOpen(context, _settings.WriteTimeout, time);
    }
}
