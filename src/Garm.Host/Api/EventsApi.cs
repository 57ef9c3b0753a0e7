using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Data;
using Garm.Host.Authentication;
using Garm.Host.Events;
using Garm.Host.Logs;
using Garm.Host.OpenApi;
using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Api;

/// <summary>
/// <c>/ws/events</c>, <c>/events/stream</c>, <c>/ws/metrics</c>, and <c>/ws/logs</c> with its older address <c>/ws</c>, which streams the log where
/// <c>Garm:Log:Stream</c> is on.
/// </summary>
internal static class EventsApi
{
    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ws/events", (HttpContext context, EventsEndpoint endpoint) =>
            endpoint.HandleAsync(context, GrantOf(context.Features.GetRequiredFeature<Caller>())))
            .Describes("WatchEvents", "events")
            .WithSummary("Open the event socket.")
            .AnswersNothing(StatusCodes.Status101SwitchingProtocols);

        api.MapGet("/events/stream", (HttpContext context, EventStreamEndpoint endpoint) =>
            endpoint.HandleAsync(context, GrantOf(context.Features.GetRequiredFeature<Caller>())))
            .Describes("StreamEvents", "events")
            .WithSummary("Stream events over HTTP.")
            .Query<string>("filter", "a message as the event socket takes it; everything when absent")
            .Query<string>("cursor", "now, earliest, snapshot or a cursor; now when absent. The header Last-Event-ID wins over it")
            .Query<string>("on-expired", "snapshot: begin with the current entities when the cursor is expired or unknown")
            .Query<int>("heartbeat-seconds", "0 to 3600; 30 when absent")
            .AnswersBytes("text/event-stream", "application/x-ndjson");

        api.MapGet("/ws/metrics", (HttpContext context, SnapshotSocket socket) => socket.HandleAsync(context))
            .Describes("WatchMetrics", "events")
            .WithSummary("Open the socket of fleet snapshots.")
            .AnswersNothing(StatusCodes.Status101SwitchingProtocols);

        api.MapGet("/ws/logs", (Delegate)FollowLogAsync)
            .Describes("WatchLog", "events")
            .WithSummary("Open the socket of the hub's log.")
            .AnswersNothing(StatusCodes.Status101SwitchingProtocols);
        api.MapGet("/ws", (Delegate)FollowLogAsync)
            .Describes("WatchLogOlder", "events")
            .WithSummary("Open the socket of the hub's log at its former address.")
            .AnswersNothing(StatusCodes.Status101SwitchingProtocols);
    }

    private static Task FollowLogAsync(HttpContext context) =>
        context.RequestServices.GetService<LogSocket>() is { } socket
            ? socket.HandleAsync(context, GrantOf(context.Features.GetRequiredFeature<Caller>()))
            : throw GarmException.BadRequest("log streamer is disabled");

    private static SessionGrant GrantOf(Caller caller) =>
        new(new UserId(caller.Access.UserId), caller.Access.Generation, caller.ExpiresAt) { Username = caller.Access.Username };
}
