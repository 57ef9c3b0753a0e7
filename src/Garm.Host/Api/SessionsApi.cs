using System.Collections.Immutable;
using System.Text.Json;
using Garm.Actors.Nodes;
using Garm.Actors.Sessions;
using Garm.Contracts.Entities;
using Garm.Contracts.Json;
using Garm.Data;
using Garm.Host.Authentication;
using Garm.Host.Events;
using Garm.Host.Http;
using Garm.Host.OpenApi;
using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Api;

/// <summary>
/// <c>/sessions</c>, which GARM does not have: lists the sessions of all nodes, and ends one. A node that does not answer delays the list
/// by some seconds and is named in the header <c>Garm-Unanswered-Nodes</c>.
/// </summary>
internal static class SessionsApi
{
    /// <summary>The header with the names, separated by commas, of the nodes whose sessions the list lacks.</summary>
    public const string UnansweredNodes = "Garm-Unanswered-Nodes";

    private const int PageSize = 100;

    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions", ListAsync)
            .Describes("ListSessions", "events")
            .WithSummary("List the event sessions of all nodes.")
            .Answers<IReadOnlyList<SessionView>>();

        api.MapDelete("/sessions/{sessionId}", EndAsync)
            .Describes("EndSession", "events")
            .WithSummary("End an event session.")
            .AnswersNothing(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ISessionDirectory sessions)
    {
        var list = await sessions.ListAsync(context.RequestAborted);
        if (!list.UnansweredNodes.IsEmpty) context.Response.Headers[UnansweredNodes] = string.Join(',', list.UnansweredNodes);
        context.Response.Headers.CacheControl = "no-store";
        return ApiResponses.Pages(PagesOf(list.Sessions));
    }

    private static async Task<IResult> EndAsync(
        string sessionId, HttpContext context, ISessionDirectory sessions, ILogger<EventsEndpoint> logger)
    {
        var unknown = GarmException.NotFound($"there is no session \"{sessionId}\"");
        if (SessionId.TryParse(sessionId) is not { } id) throw unknown;
        var end = await sessions.EndAsync(id, context.RequestAborted);
        if (end.IsFound)
        {
            logger.SessionEndedByAdministrator(id, end.Node!, context.Features.GetRequiredFeature<Caller>().Access.Username);
            return ApiResponses.NoContent;
        }

        throw end.UnansweredNodes.IsEmpty ? unknown : GarmException.Unavailable(
            $"the session was not found, but not all nodes answered, and one of these may have it: {string.Join(", ", end.UnansweredNodes)}");
    }

    // Page by page, because ten thousand long filters are a lot of text.
    private static async IAsyncEnumerable<IReadOnlyList<SessionView>> PagesOf(ImmutableArray<NodeSession> sessions)
    {
        await Task.CompletedTask;
        foreach (var page in sessions.Chunk(PageSize)) yield return [.. page.Select(ViewOf)];
    }

    private static SessionView ViewOf(NodeSession row) => new()
    {
        Id = row.Session.Id.ToString(),
        Node = row.Node,
        User = row.Session.User,
        Address = row.Session.Address,
        Transport = row.Session.Transport,
        Since = row.Session.Since.UtcDateTime,
        Filter = FilterOf(row.Session.Filter),
        FilterBytes = row.Session.FilterBytes,
        State = row.Session.State,
        Behind = row.Session.Behind,
        QueuedBytes = row.Session.QueuedBytes,
    };

    private static JsonElement? FilterOf(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty) return null;
        using var document = JsonDocument.Parse(json, JsonText.AnyDepth);
        return document.RootElement.Clone();
    }
}
