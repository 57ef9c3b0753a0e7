using Akka.Actor;
using Garm.Actors.Changes;
using Garm.Actors.Users;

namespace Garm.Actors.Sessions;

/// <summary>
/// The id of a session: of a websocket connection or a stream. No other session has it, on whatever node; logs and
/// <c>GET /api/v1/sessions</c> show it as 32 hexadecimal digits.
/// </summary>
public readonly record struct SessionId(Guid Value)
{
    /// <summary>A new id.</summary>
    public static SessionId NewId() => new(Guid.NewGuid());

    /// <summary>Reads what <see cref="ToString"/> writes; null when it is something else.</summary>
    public static SessionId? TryParse(string text) => Guid.TryParseExact(text, "N", out var id) ? new SessionId(id) : null;

    /// <inheritdoc />
    public override string ToString() => Value.ToString("N");
}

/// <summary>What a token grants.</summary>
/// <param name="UserId">The token's user.</param>
/// <param name="Generation">The password generation that it was issued for.</param>
/// <param name="ExpiresAt">Its expiry. A token without one ends a session at once, as in GARM.</param>
public sealed record SessionGrant(UserId UserId, long Generation, DateTimeOffset? ExpiresAt)
{
    /// <summary>The user's name, to be shown to administrators; empty when it is not known.</summary>
    public string Username { get; init; } = "";

    /// <summary>What the token of a source's server is for; null for a token of the hub.</summary>
    public SourceAccess? Source { get; init; }
}

/// <summary>What the token of a source's server is for: the entities of that source, as long as the server takes it.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Users">Confirms and revokes the token's user as <c>UserStateManagerActor</c> does for the hub's users.</param>
/// <param name="Tokens">Validates further tokens of the connection.</param>
public sealed record SourceAccess(string Source, IActorRef Users, ISessionTokens Tokens);

// Commands to SessionManagerActor.

/// <summary>Open a session. Answered by <see cref="SessionOpened"/> or <see cref="SessionRefused"/>.</summary>
/// <param name="Id">The connection.</param>
/// <param name="Grant">What its token grants.</param>
/// <param name="Outbound">The queue of the connection, which its pump reads.</param>
public sealed record OpenSession(SessionId Id, SessionGrant Grant, OutboundQueue Outbound) : ILocalMessage
{
    /// <summary>The form of an HTTP stream's frames; null for a websocket.</summary>
    public FrameForm? Stream { get; init; }

    /// <summary>The client's IP address, to be shown to administrators; empty when it is not known.</summary>
    public string Address { get; init; } = "";
}

/// <summary>Reply: the session is open. It takes the client's messages.</summary>
public sealed record SessionOpened(SessionId Id, IActorRef Session) : ILocalMessage;

/// <summary>Reply: no session is opened.</summary>
public sealed record SessionRefused(SessionId Id, SessionRefusal Reason) : ILocalMessage;

/// <summary>Why no session is opened.</summary>
public enum SessionRefusal
{
    /// <summary>The node is stopping.</summary>
    Draining,

    /// <summary>The node has reached its limit of sessions.</summary>
    TooManySessions,

    /// <summary>The user has reached the limit of sessions on this node.</summary>
    TooManySessionsOfUser,
}

/// <summary>
/// Open no more sessions and close the open ones in steps, each after its queue was sent. Answered by
/// <see cref="SessionsDrained"/>.
/// </summary>
public sealed record DrainSessions : ILocalMessage;

/// <summary>Reply: every session has ended.</summary>
public sealed record SessionsDrained : ILocalMessage;

/// <summary>Query, answered by <see cref="SessionCount"/>.</summary>
public sealed record GetSessionCount : ILocalMessage;

/// <summary>The number of open sessions.</summary>
public sealed record SessionCount(int Open) : ILocalMessage;

// From the connection's pump to the session, in the order of the wire.

/// <summary>A complete text or binary message; both are read the same way.</summary>
public sealed record ClientMessage(ReadOnlyMemory<byte> Content) : ILocalMessage;

/// <summary>A ping; the session answers with a pong of the same payload.</summary>
public sealed record ClientPing(ReadOnlyMemory<byte> Payload) : ILocalMessage;

/// <summary>A pong, solicited or not.</summary>
public sealed record ClientPong : ILocalMessage
{
    /// <summary>The single instance.</summary>
    public static ClientPong Instance { get; } = new();

    private ClientPong()
    {
    }
}

/// <summary>A close frame.</summary>
/// <param name="Code">Its code; null when it had none.</param>
public sealed record ClientClosed(ushort? Code) : ILocalMessage;

/// <summary>The connection has failed: end the session for this reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Text">The text of the close frame, at most 123 bytes; empty for the reason's own.</param>
public sealed record ClientFailed(SessionCloseReason Reason, string Text = "") : ILocalMessage;

// Commands to EventSessionActor.

/// <summary>End the session for this reason.</summary>
public sealed record CloseSession(SessionCloseReason Reason) : ILocalMessage;

/// <summary>Query, answered by <see cref="SessionStats"/>.</summary>
public sealed record GetSessionStats : ILocalMessage
{
    /// <summary>The single instance.</summary>
    public static GetSessionStats Instance { get; } = new();

    private GetSessionStats()
    {
    }
}

/// <summary>The state of a session.</summary>
/// <param name="Id">The session.</param>
/// <param name="Live">Whether it is live; not while it catches up.</param>
/// <param name="Sent">The number of events queued so far.</param>
/// <param name="QueuedBytes">Bytes in its queue.</param>
public sealed record SessionStats(SessionId Id, bool Live, long Sent, long QueuedBytes) : ILocalMessage;
