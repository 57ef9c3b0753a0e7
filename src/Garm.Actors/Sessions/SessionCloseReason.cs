using Garm.WebSockets;

namespace Garm.Actors.Sessions;

/// <summary>Why a session ended. Mirrored in <c>docs/close-codes.md</c>.</summary>
public enum SessionCloseReason
{
    /// <summary>The client sent a close frame; it gets its own code back.</summary>
    ClosedByClient,

    /// <summary>The connection broke without a close frame, so nothing can be sent.</summary>
    ConnectionLost,

    /// <summary>The token has expired.</summary>
    TokenExpired,

    /// <summary>The user was disabled, deleted, made a non-administrator, or has a new password.</summary>
    UserRevoked,

    /// <summary>The user's state could not be confirmed for too long.</summary>
    UserStateUnknown,

    /// <summary>The client sent a message that is not a filter.</summary>
    BadMessage,

    /// <summary>The client sent a message over the size limit.</summary>
    MessageTooBig,

    /// <summary>The client sent too many messages in a second.</summary>
    TooManyMessages,

    /// <summary>The client broke the framing rules of RFC 6455.</summary>
    ProtocolError,

    /// <summary>The client had answered a ping, and then stopped answering.</summary>
    PongTimeout,

    /// <summary>
    /// Nothing could be written for too long, or retention removed changes that a slow client still needed.
    /// </summary>
    SlowConsumer,

    /// <summary>The node stops.</summary>
    GoingAway,

    /// <summary>An administrator ended the session, and not the user's access: the client may come back.</summary>
    EndedByAdministrator,

    /// <summary>The session's actor failed.</summary>
    InternalError,
}

/// <summary>The close frames of the reasons.</summary>
public static class SessionCloseReasons
{
    /// <summary>The frame that GARM sends for this reason (PROTOCOL: closing); the hub's own where GARM has none.</summary>
    public static CloseFrame ToCloseFrame(this SessionCloseReason reason) => reason switch
    {
        SessionCloseReason.ConnectionLost => new CloseFrame(null),
        SessionCloseReason.MessageTooBig => new CloseFrame(1009),
        SessionCloseReason.TooManyMessages => new CloseFrame(1008, "too-many-messages"),
        SessionCloseReason.ProtocolError => new CloseFrame(1002),
        SessionCloseReason.SlowConsumer => new CloseFrame(1013, "slow-consumer"),
        SessionCloseReason.GoingAway => new CloseFrame(1001),
        SessionCloseReason.EndedByAdministrator => new CloseFrame(1008, "ended-by-administrator"),
        SessionCloseReason.InternalError => new CloseFrame(1011),
        _ => new CloseFrame(1000),
    };
}
