using Akka.Actor;
using Garm.Actors.Users;

namespace Garm.Actors.Sessions;

/// <summary>One websocket connection.</summary>
public readonly record struct SessionId(Guid Value)
{
    /// <summary>A new one.</summary>
    public static SessionId NewId() => new(Guid.NewGuid());

    /// <inheritdoc />
    public override string ToString() => Value.ToString("N");
}

/// <summary>What the token that opened the connection grants.</summary>
/// <param name="UserId">Whose token it is.</param>
/// <param name="Generation">The password generation that it was made for.</param>
/// <param name="ExpiresAt">When it ends. A token without an end ends a session at once, as it does for GARM.</param>
public sealed record SessionGrant(UserId UserId, long Generation, DateTimeOffset? ExpiresAt);

// Commands to SessionManagerActor.

/// <summary>Make a session for an open connection. Answered by <see cref="SessionOpened"/> or <see cref="SessionRefused"/>.</summary>
/// <param name="Id">The connection.</param>
/// <param name="Grant">What its token grants.</param>
/// <param name="Outbound">Where the session puts what is to be sent; the connection's pump reads it.</param>
public sealed record OpenSession(SessionId Id, SessionGrant Grant, OutboundQueue Outbound) : ILocalMessage;

/// <summary>The session is there: tell it what the client sends.</summary>
public sealed record SessionOpened(SessionId Id, IActorRef Session) : ILocalMessage;

/// <summary>There will be no session.</summary>
public sealed record SessionRefused(SessionId Id, SessionRefusal Reason) : ILocalMessage;

/// <summary>Why there is no session.</summary>
public enum SessionRefusal
{
    /// <summary>The node stops.</summary>
    Draining,

    /// <summary>The node has as many sessions as it may have.</summary>
    TooManySessions,

    /// <summary>The user has as many sessions on the node as one may have.</summary>
    TooManySessionsOfUser,
}

/// <summary>
/// Open no more sessions and close those that are open, each after its queue, a few at a time. Answered by
/// <see cref="SessionsDrained"/>.
/// </summary>
public sealed record DrainSessions : ILocalMessage;

/// <summary>Every session has ended.</summary>
public sealed record SessionsDrained : ILocalMessage;

/// <summary>Query, answered by <see cref="SessionCount"/>.</summary>
public sealed record GetSessionCount : ILocalMessage;

/// <summary>How many sessions are open.</summary>
public sealed record SessionCount(int Open) : ILocalMessage;

// What the connection's pump tells the session. Messages of one connection come in the order of the wire.

/// <summary>A complete text or binary message (they are read alike), at most the limit's size.</summary>
public sealed record ClientMessage(ReadOnlyMemory<byte> Content) : ILocalMessage;

/// <summary>A ping, to be answered with a pong of the same payload.</summary>
public sealed record ClientPing(ReadOnlyMemory<byte> Payload) : ILocalMessage;

/// <summary>A pong, asked for or not.</summary>
public sealed record ClientPong : ILocalMessage
{
    /// <summary>The only one.</summary>
    public static ClientPong Instance { get; } = new();

    private ClientPong()
    {
    }
}

/// <summary>A close frame.</summary>
/// <param name="Code">Its code; null when it had none.</param>
public sealed record ClientClosed(ushort? Code) : ILocalMessage;

/// <summary>The connection is no good any more: end for this reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Text">What the close frame says of it, at most 123 bytes; empty for what is always said.</param>
public sealed record ClientFailed(SessionCloseReason Reason, string Text = "") : ILocalMessage;

// Commands to EventSessionActor.

/// <summary>End the session for this reason.</summary>
public sealed record CloseSession(SessionCloseReason Reason) : ILocalMessage;

/// <summary>Query, answered by <see cref="SessionStats"/>.</summary>
public sealed record GetSessionStats : ILocalMessage
{
    /// <summary>The only one.</summary>
    public static GetSessionStats Instance { get; } = new();

    private GetSessionStats()
    {
    }
}

/// <summary>What a session is doing.</summary>
/// <param name="Id">The session.</param>
/// <param name="Live">Whether it has a filter and gets events as they are committed; not while it catches up.</param>
/// <param name="Sent">How many events were put into its queue.</param>
/// <param name="QueuedBytes">What waits in its queue.</param>
public sealed record SessionStats(SessionId Id, bool Live, long Sent, long QueuedBytes) : ILocalMessage;
