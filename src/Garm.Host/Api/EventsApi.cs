using Garm.Data;
using Garm.Host.Events;
using Garm.Host.Logs;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary>
/// <c>/ws/events</c>, <c>/events/stream</c>, <c>/ws/metrics</c>, and <c>/ws/logs</c> with its older address <c>/ws</c>, which streams the
/// log if <c>Garm:Log:Stream</c> is on.
/// </summary>
internal static class EventsApi
{
    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ws/events", (HttpContext context, EventsEndpoint endpoint) =>
            endpoint.HandleAsync(context, EventCaller.GrantOf(context)))
            .Describes("WatchEvents", "events")
            .WithSummary("Open the event socket.")
            .AnswersNothing(StatusCodes.Status101SwitchingProtocols);

        api.MapGet("/events/stream", (HttpContext context, EventStreamEndpoint endpoint) =>
            endpoint.HandleAsync(context, EventCaller.GrantOf(context)))
            .Describes("StreamEvents", "events")
            .WithSummary("Stream events over HTTP.")
            .Query<string>("filter", "a message of the event socket; everything when absent")
            .Query<string>("cursor", "now, earliest, snapshot or a cursor; now when absent. The header Last-Event-ID overrides it")
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
            ? socket.HandleAsync(context, EventCaller.GrantOf(context))
            : throw GarmException.BadRequest("log streamer is disabled");
}
