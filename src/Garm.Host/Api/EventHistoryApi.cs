using System.Text;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Contracts.Events;
using Garm.Data;
using Garm.Host.Http;
using Garm.Host.OpenApi;
using Garm.Log;

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
        var after = query["after"].ToString() is { Length: > 0 } given ? given : "earliest";
        var page = await HistoryReader.ReadAsync(log, after, filter, limit, context.RequestAborted);
        return page.Refusal is { } refusal ? new RefusalResult(refusal) : new PageResult(page);
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

    private sealed class RefusalResult(FeedRefusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = refusal.Code == EventErrorCodes.CursorExpired
                ? StatusCodes.Status410Gone
                : StatusCodes.Status400BadRequest;
            return ApiResponses.WriteJsonAsync(httpContext, refusal.ToJson());
        }
    }

    private sealed class PageResult(HistoryPage page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            using var json = new MemoryStream();
            json.Write("{\"events\":["u8);
            for (var i = 0; i < page.Events.Length; i++)
            {
                if (i > 0) json.WriteByte((byte)',');
                var (change, place) = (page.Events[i].Change, page.Events[i].Place);
                json.Write(EventFrame.Encode(change.Kind, change.Payload.Span, EventCursor.Encode(place), change.CommittedAt));
            }

            var cursor = EventCursor.Encode(page.Place);
            json.Write(Encoding.UTF8.GetBytes($$"""],"cursor":"{{cursor}}","more":{{(page.More ? "true" : "false")}}}"""));
            return ApiResponses.WriteJsonAsync(httpContext, json.ToArray());
        }
    }
}
