using System.Collections.Immutable;
using Akka.Actor;
using Garm.Log;

namespace Garm.Actors.Sessions;

// Queries to a node's SessionManagerActor, by this node or another one. The asker's numbers identify the answers, because an
// answer from another node has no sender.

/// <summary>
/// Query to <c>SessionManagerActor</c> for the sessions that follow one in the order of their ids. Answered by
/// <see cref="SessionPage"/>.
/// </summary>
/// <param name="Ask">The asker's number, echoed in the answer.</param>
/// <param name="After">The last session of the page before; null for the first page.</param>
public sealed record AskSessionPage(long Ask, SessionId? After) : IGarmWireMessage;

/// <summary>Reply: sessions of one node, at most some 1 MiB of them.</summary>
/// <param name="Ask">Echoed from the query.</param>
/// <param name="Sessions">The sessions, in the order of their ids.</param>
/// <param name="Next">The next value of <see cref="AskSessionPage.After"/>; null when no session follows.</param>
public sealed record SessionPage(long Ask, ImmutableArray<SessionInfo> Sessions, SessionId? Next) : IGarmWireMessage;

/// <summary>
/// Command to <c>SessionManagerActor</c>: end a session for an administrator. Answered by
/// <see cref="SessionEndAnswer"/>, when the session has ended.
/// </summary>
/// <param name="Ask">The asker's number, echoed in the answer.</param>
/// <param name="Id">The session.</param>
public sealed record EndSession(long Ask, SessionId Id) : IGarmWireMessage;

/// <summary>Reply: the session has ended, or is not on this node.</summary>
/// <param name="Ask">Echoed from the command.</param>
/// <param name="Found">Whether it was on this node.</param>
public sealed record SessionEndAnswer(long Ask, bool Found) : IGarmWireMessage;

/// <summary>A session, as its node reports it.</summary>
/// <param name="Id">The session.</param>
public sealed record SessionInfo(SessionId Id)
{
    /// <summary>The user's name; empty when it is not known.</summary>
    public string User { get; init; } = "";

    /// <summary>The client's IP address; empty when it is not known.</summary>
    public string Address { get; init; } = "";

    /// <summary>How the client is connected: one of <see cref="SessionTransports"/>.</summary>
    public string Transport { get; init; } = SessionTransports.WebSocket;

    /// <summary>When it was opened, UTC.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Its state: one of <see cref="SessionStates"/>.</summary>
    public string State { get; init; } = SessionStates.WaitingForFilter;

    /// <summary>
    /// The changes that the client is behind: positions of the log that its feed has not processed yet, and frames in its queue. Null when
    /// it is not known.
    /// </summary>
    public long? Behind { get; init; }

    /// <summary>Bytes in its queue.</summary>
    public long QueuedBytes { get; init; }

    /// <summary>
    /// The filter: a JSON object in UTF-8, as the client sent it, without the message's other keys. Empty before the client has
    /// sent one, and when it is longer than <see cref="SessionFilterText.MaxBytes"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Filter { get; init; }

    /// <summary>The length of the filter in bytes, also of one that is too long to be shown.</summary>
    public int FilterBytes { get; init; }
}

/// <summary>The kinds of connections.</summary>
public static class SessionTransports
{
    /// <summary>A websocket.</summary>
    public const string WebSocket = "websocket";

    /// <summary>A stream of server-sent events.</summary>
    public const string ServerSentEvents = "sse";

    /// <summary>A stream of JSON lines.</summary>
    public const string Lines = "ndjson";
}

/// <summary>The states of a session.</summary>
public static class SessionStates
{
    /// <summary>It has a filter, and its user is not confirmed yet, because the database has not answered.</summary>
    public const string WaitingForUser = "waiting-for-user";

    /// <summary>The client has not sent a filter.</summary>
    public const string WaitingForFilter = "waiting-for-filter";

    /// <summary>The client's cursor was refused, and it has not sent another one.</summary>
    public const string WaitingForCursor = "waiting-for-cursor";

    /// <summary>It gets the rows of a snapshot.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>It reads the changes after its place.</summary>
    public const string CatchingUp = "catching-up";

    /// <summary>It gets changes as they are committed.</summary>
    public const string Live = "live";

    /// <summary>Its queue is full, because the client reads too slowly; it catches up once there is room.</summary>
    public const string FellBehind = "fell-behind";

    /// <summary>Its actor did not answer in time.</summary>
    public const string NotResponding = "not-responding";
}

/// <summary>Query to <c>EventSessionActor</c>, answered by <see cref="SessionReport"/>.</summary>
internal sealed record DescribeSession : ILocalMessage
{
    public static DescribeSession Instance { get; } = new();
}

/// <summary>A session's report.</summary>
/// <param name="Id">The session.</param>
/// <param name="State">One of <see cref="SessionStates"/>.</param>
/// <param name="Place">Everything up to here was queued; null when it is live, and so at the head, or has not begun.</param>
/// <param name="QueuedFrames">Frames in its queue.</param>
/// <param name="QueuedBytes">Bytes in its queue.</param>
/// <param name="Filter">The client's filter.</param>
internal sealed record SessionReport(
    SessionId Id, string State, LogPosition? Place, int QueuedFrames, long QueuedBytes, SessionFilterText Filter) : ILocalMessage;

/// <summary>What the manager knows of an open session.</summary>
internal sealed record SessionEntry(SessionId Id, IActorRef Session, Users.UserId UserId)
{
    public string User { get; init; } = "";

    public string Address { get; init; } = "";

    public string Transport { get; init; } = SessionTransports.WebSocket;

    public DateTimeOffset Since { get; init; }
}
