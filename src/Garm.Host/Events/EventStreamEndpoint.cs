using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Contracts.Events;
using Garm.Data;
using Garm.Host.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Garm.Host.Events;

/// <summary>
/// <c>GET /api/v1/events/stream</c>: a session like that of a websocket, whose frames are server-sent events
/// (<c>Accept: text/event-stream</c>) or lines (<c>application/x-ndjson</c>, or any type accepted). The query holds what a websocket's
/// client says in its first message.
/// </summary>
internal sealed class EventStreamEndpoint(
    IRequiredActor<SessionManagerActor> sessions, EventSocketOptions options, TimeProvider time, ILogger<EventStreamEndpoint> logger)
{
    private const string ServerSentEvents = "text/event-stream";
    private const string Lines = "application/x-ndjson";

    // The first line for a browser: how long it waits before it reconnects.
    private static readonly byte[] Retry = "retry: 2000\n\n"u8.ToArray();

    private readonly OutboundLimits _limits = OutboundLimits.Default with { Bytes = options.SessionQueueBytes };

    /// <summary>Answers the request; the task ends with the stream.</summary>
    /// <param name="context">The request.</param>
    /// <param name="grant">What the request's token grants.</param>
    public async Task HandleAsync(HttpContext context, SessionGrant grant)
    {
        if (FormOf(context.Request) is not { } form)
        {
            await new ApiError(StatusCodes.Status406NotAcceptable, "Not Acceptable", $"accepted are {ServerSentEvents} and {Lines}").WriteAsync(context);
            return;
        }

        var message = MessageOf(context.Request);
        var outbound = new OutboundQueue(_limits);
        if (form == FrameForm.ServerSentEvents) outbound.TryEnqueueControl(Retry); // Queued before the session opens, because the session writes to the queue too.
        var manager = await sessions.GetAsync(context.RequestAborted);
        var open = new OpenSession(SessionId.NewId(), grant, outbound) { Stream = form, Address = SessionOpening.AddressOf(context) };
        switch (await SessionOpening.AskAsync(manager, open, options.HandshakeTimeout, time, context.RequestAborted))
        {
            case SessionOpened opened:
                logger.SocketOpened(opened.Id, grant.UserId);
                opened.Session.Tell(new ClientMessage(message), ActorRefs.NoSender);
                await SendAsync(context, form, outbound, opened.Session, opened.Id);
                break;
            case SessionRefused { Reason: var reason }:
                logger.SessionRefused(reason);
                await RefuseAsync(context, reason);
                break;
            default:
                if (!context.RequestAborted.IsCancellationRequested) logger.SessionManagerSilent(options.HandshakeTimeout);
                await RefuseAsync(context, SessionRefusal.Draining);
                break;
        }
    }

    private static Task RefuseAsync(HttpContext context, SessionRefusal reason)
    {
        context.Response.Headers.RetryAfter = reason == SessionRefusal.Draining ? "1" : "10";
        return ApiError.Of(reason).WriteAsync(context);
    }

    private async Task SendAsync(HttpContext context, FrameForm form, OutboundQueue outbound, IActorRef session, SessionId id)
    {
        // Proxies that know these headers do not buffer. The queue and the write timeout limit slow readers.
        var response = context.Response;
        response.ContentType = form == FrameForm.ServerSentEvents ? ServerSentEvents : Lines;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        using var link = new SessionLink(session, options);
        await using var gone = context.RequestAborted.Register(() =>
        {
            link.Fail(SessionCloseReason.ConnectionLost);
            outbound.Abort();
        });
        var end = SendEnd.Broken;
        try
        {
            await response.StartAsync(CancellationToken.None);
            await response.Body.FlushAsync(CancellationToken.None);
            end = await new SendLoop(response.Body, outbound, link, options, time, context.Abort, areAllText: true).RunAsync();
        }
        finally
        {
            // The session must end with the answer, for whatever reason.
            if (end != SendEnd.Complete) link.Fail(SessionCloseReason.ConnectionLost);
            link.End();
            logger.StreamEnded(id, end);
        }
    }

    private static FrameForm? FormOf(HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        if (accept.Any(x => x.MediaType.Equals(ServerSentEvents, StringComparison.OrdinalIgnoreCase))) return FrameForm.ServerSentEvents;
        return accept.Count == 0 || accept.Any(x =>
            x.MatchesAllTypes || x.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase)
            || (x.MatchesAllSubTypes && x.Type.Equals("application", StringComparison.OrdinalIgnoreCase)))
            ? FrameForm.Lines
            : null;
    }

    /// <summary>The message that a websocket's client would send instead.</summary>
    /// <exception cref="GarmException">400: a parameter is not valid.</exception>
    private static byte[] MessageOf(HttpRequest request)
    {
        var message = FilterOf(request.Query["filter"]);
        var lastEvent = request.Headers["Last-Event-ID"].ToString();
        var cursor = request.Query["cursor"].ToString();
        message["cursor"] = lastEvent.Length > 0 ? lastEvent : cursor.Length > 0 ? cursor : "now";
        if (request.Query["on-expired"].ToString() is { Length: > 0 } onExpired) message["on-expired"] = onExpired;
        if (request.Query["heartbeat-seconds"].ToString() is { Length: > 0 } seconds)
            message["heartbeat-seconds"] = int.TryParse(seconds, out var number) ? number : seconds;

        var bytes = Encoding.UTF8.GetBytes(message.ToJsonString());
        return EventOptionsReader.Read(bytes, out _, out var problem, cursorMode: true) switch
        {
            EventOptionsOutcome.Accepted => bytes,
            EventOptionsOutcome.Ignored => throw GarmException.BadRequest($"{EventErrorCodes.InvalidFilter}: \"filter\" selects no events"),
            _ => throw GarmException.BadRequest($"{EventErrorCodes.InvalidFilter}: {problem}"),
        };
    }

    private static JsonObject FilterOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new JsonObject { ["send-everything"] = true };
        try
        {
            return JsonNode.Parse(text) as JsonObject
                ?? throw GarmException.BadRequest($"{EventErrorCodes.InvalidFilter}: \"filter\" must be a JSON object, such as {{\"send-everything\":true}}");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw GarmException.BadRequest($"{EventErrorCodes.InvalidFilter}: \"filter\" is not JSON");
        }
    }
}
