using System.Text;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Contracts.Events;
using Garm.Data;
using Garm.Data.ChangeLog;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary>
/// <c>GET /events?after=&lt;cursor&gt;&amp;limit=n&amp;filter=&lt;json&gt;</c>: the change log in pages. GARM has no such route. The
/// answer is <c>{"events":[…],"cursor":"…","more":true}</c>: events as on the socket with a cursor, where to go on, and
/// whether there is more now.
/// </summary>
internal static class EventHistoryApi
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;
    private const int PageSize = 500;

    /// <summary>A filter that lets nothing through must not read the whole log for one answer.</summary>
    private const int MaxPages = 10;

    public static void MapEventHistory(this IEndpointRouteBuilder api) => api.MapGet("/events", ReadAsync)
        .Describes("ListEvents", "events")
        .Query<string>("after", "a cursor, earliest or now; earliest when absent")
        .Query<int>("limit", "1 to 1000; 100 when absent")
        .Query<string>("filter", "a message as the event socket takes it")
        .Answers<EventPage>();

    private static async Task<IResult> ReadAsync(HttpContext context, IChangeLogReader log)
    {
        var query = context.Request.Query;
        var limit = LimitOf(query["limit"]);
        var filter = FilterOf(query["filter"]);
        var range = await log.ReadRangeAsync(context.RequestAborted);
        var (place, refusal) = PlaceOf(query["after"], range);
        if (refusal is not null) return refusal;

        var events = new List<RelayedChange>();
        for (var page = 0; page < MaxPages && place.Last < range.Last; page++)
        {
            var changes = await log.ReadAfterAsync(place.Last, PageSize, context.RequestAborted);
            if (changes.Count == 0 || changes[0].Position != place.Last.Next)
            {
                // Retention was here. What was found before it took the rest is still a whole answer.
                if (events.Count > 0) break;
                return Expired(await log.ReadRangeAsync(context.RequestAborted));
            }

            if (changes[0].ChainBefore != place.Chain) return Unknown();
            foreach (var change in changes)
            {
                if (events.Count == limit || change.Position != place.Last.Next) break;
                var relayed = new RelayedChange(change, range.Epoch);
                place = relayed.Place;
                if (filter.Matches(relayed)) events.Add(relayed);
            }

            if (events.Count == limit) break;
        }

        return new PageResult(events, EventCursor.Encode(place), place.Last < range.Last);
    }

    private static int LimitOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return DefaultLimit;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MaxLimit
            ? limit
            : throw GarmException.BadRequest($"\"limit\" must be a whole number from 1 to {MaxLimit}");
    }

    private static EventFilter FilterOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return EventFilter.Of(EventKinds.All);

        return EventOptionsReader.Read(Encoding.UTF8.GetBytes(text), out var options, out var problem) switch
        {
            EventOptionsOutcome.Accepted => EventFilter.Of(options!),
            EventOptionsOutcome.Ignored => throw GarmException.BadRequest(
                $"{EventErrorCodes.InvalidFilter}: \"filter\" asks for nothing; it is what the event socket takes, such as {{\"filters\":[{{\"entity-type\":\"pool\"}}]}}"),
            _ => throw GarmException.BadRequest($"{EventErrorCodes.InvalidFilter}: {problem}"),
        };
    }

    private static (LogHead Place, IResult? Refusal) PlaceOf(string? after, LogRange range)
    {
        if (string.IsNullOrEmpty(after) || after == "earliest") return (range.Start, null);
        if (after == "now") return (range.Head, null);
        if (!EventCursor.TryDecode(after, out var place) || place.Epoch != range.Epoch || place.Last > range.Last
            || (place.Last == range.Last && place != range.Head))
        {
            return (default, Unknown());
        }

        return place.Last < range.Earliest ? (default, Expired(range)) : (place, null);
    }

    private static RefusalResult Unknown() => new(StatusCodes.Status400BadRequest, ControlFrame.Error(
        EventErrorCodes.CursorUnknown, "\"after\" is no cursor of this hub's log; accepted are \"earliest\", \"now\" or a cursor that it gave"));

    private static RefusalResult Expired(LogRange range) => new(StatusCodes.Status410Gone, ControlFrame.CursorExpired(
        "what follows the cursor is no longer in the log; \"earliest\" is the earliest cursor that is",
        EventCursor.Encode(range.Start)));

    private sealed class RefusalResult(int status, byte[] json) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return ApiResponses.WriteJsonAsync(httpContext, json);
        }
    }

    private sealed class PageResult(List<RelayedChange> events, string cursor, bool more) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            using var json = new MemoryStream();
            json.Write("{\"events\":["u8);
            for (var i = 0; i < events.Count; i++)
            {
                if (i > 0) json.WriteByte((byte)',');
                var (change, place) = (events[i].Change, events[i].Place);
                json.Write(EventFrame.Encode(change.Kind, change.Payload.Span, EventCursor.Encode(place), change.CommittedAt));
            }

            json.Write(Encoding.UTF8.GetBytes($$"""],"cursor":"{{cursor}}","more":{{(more ? "true" : "false")}}}"""));
            return ApiResponses.WriteJsonAsync(httpContext, json.ToArray());
        }
    }
}
