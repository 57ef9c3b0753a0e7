using System.Text;
using System.Text.Json;
using Garm.Actors.Feeds;
using Garm.Contracts.Events;
using Garm.Data;
using Garm.Host.Http;
using Garm.Host.OpenApi;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Host.Api;

/// <summary>
/// <c>GET /snapshot?filter=&lt;json&gt;&amp;limit=n&amp;after=&lt;page&gt;</c>: the current entities in pages, all as of one position of the
/// log. GARM has no such route. The answer is <c>{"entities":[…],"after":"…","more":true,"cursor":"…"}</c>; the events after the cursor
/// complete the snapshot. When the log no longer holds the snapshot's position, the answer is 410.
/// </summary>
internal static class SnapshotApi
{
    private const string Expired = "snapshot-expired";

    public static void MapSnapshot(this IEndpointRouteBuilder api) => api.MapGet("/snapshot", ReadAsync)
        .Describes("ReadSnapshot", "events")
        .WithSummary("Read the current entities that a filter matches, in pages.")
        .Query<string>("filter", "a message of the event socket; everything when absent")
        .Query<int>("limit", "1 to 1000; 100 when absent")
        .Query<string>("after", "the \"after\" of the page before; the first page when absent")
        .Answers<SnapshotAnswer>();

    private static async Task<IResult> ReadAsync(HttpContext context, IEntityStateReader states, IChangeLogReader log)
    {
        var query = context.Request.Query;
        var filter = EventFilters.Read(query["filter"], EventCaller.SourceOf(context));
        var limit = EventFilters.ReadLimit(query["limit"]);
        var after = query["after"].ToString() is { Length: > 0 } given ? given : null;
        try
        {
            var page = await SnapshotReader.ReadAsync(states, log, filter, after, limit, context.RequestAborted);
            return page is null ? new ExpiredResult() : new PageResult(page);
        }
        catch (FormatException e)
        {
            throw GarmException.BadRequest($"\"after\" is not from a page: {e.Message}; accepted is the \"after\" of the page before, with the same filter");
        }
    }

    private sealed class ExpiredResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status410Gone;
            return ApiResponses.WriteJsonAsync(httpContext, ControlFrame.Error(
                Expired, "the log no longer holds the changes after this snapshot, or the database was replaced: begin a new one without \"after\""));
        }
    }

    private sealed class PageResult(SnapshotPage page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            using var json = new MemoryStream();
            json.Write("{\"entities\":["u8);
            for (var i = 0; i < page.Rows.Length; i++)
            {
                var row = page.Rows[i];
                json.Write(Encoding.UTF8.GetBytes(
                    $$"""{{(i > 0 ? "," : "")}}{"entity-type":"{{row.EntityType.WireName()}}","source":"{{row.Source}}","payload":"""));
                json.Write(row.Payload.Span);
                json.WriteByte((byte)'}');
            }

            json.Write(Encoding.UTF8.GetBytes(
                $$"""],"after":"{{page.After}}","more":{{(page.After is null ? "false" : "true")}},"cursor":"{{EventCursor.Encode(page.Place)}}"}"""));
            return ApiResponses.WriteJsonAsync(httpContext, json.ToArray());
        }
    }
}
