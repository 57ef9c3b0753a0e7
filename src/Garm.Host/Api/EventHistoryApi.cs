using System.Text;
using Garm.Actors.Feeds;
using Garm.Contracts.Events;
using Garm.Host.Http;
using Garm.Host.OpenApi;
using Garm.Log;

namespace Garm.Host.Api;

/// <summary>
/// <c>GET /events?after=&lt;cursor&gt;&amp;limit=n&amp;filter=&lt;json&gt;</c>: the change log in pages. GARM has no such route. The
/// answer is <c>{"events":[…],"cursor":"…","more":true}</c>: events as on the socket with a cursor, the cursor of the next page, and
/// whether there are more events now.
/// </summary>
internal static class EventHistoryApi
{
    public static void MapEventHistory(this IEndpointRouteBuilder api) => api.MapGet("/events", ReadAsync)
        .Describes("ListEvents", "events")
        .WithSummary("Read past events, in pages.")
        .Query<string>("after", "a cursor, earliest or now; earliest when absent")
        .Query<int>("limit", "1 to 1000; 100 when absent")
        .Query<string>("filter", "a message of the event socket")
        .Answers<EventPage>();

    private static async Task<IResult> ReadAsync(HttpContext context, IChangeLogReader log)
    {
        var query = context.Request.Query;
        var limit = EventFilters.ReadLimit(query["limit"]);
        var filter = EventFilters.Read(query["filter"], EventCaller.SourceOf(context));
        var after = query["after"].ToString() is { Length: > 0 } given ? given : "earliest";
        var page = await HistoryReader.ReadAsync(log, after, filter, limit, context.RequestAborted);
        return page.Refusal is { } refusal ? new RefusalResult(refusal) : new PageResult(page);
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
                var (relayed, move) = page.Events[i];
                var change = relayed.Change;
                json.Write(EventFrame.Encode(
                    change.Kind, change.Payload.Span, EventCursor.Encode(relayed.Place), change.CommittedAt, change.Source, move));
            }

            var cursor = EventCursor.Encode(page.Place);
            json.Write(Encoding.UTF8.GetBytes($$"""],"cursor":"{{cursor}}","more":{{(page.More ? "true" : "false")}}}"""));
            return ApiResponses.WriteJsonAsync(httpContext, json.ToArray());
        }
    }
}
