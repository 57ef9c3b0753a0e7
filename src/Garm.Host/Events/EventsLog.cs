using Garm.Actors.Sessions;
using Garm.Actors.Users;

namespace Garm.Host.Events;

/// <summary>
/// Log messages of event sockets. Normal ends are logged at Debug; payloads and tokens are never logged.
/// </summary>
internal static partial class EventsLog
{
    [LoggerMessage(3001, LogLevel.Debug, "Event socket {Session} of user {User} is open")]
    public static partial void SocketOpened(this ILogger logger, SessionId session, UserId user);

    [LoggerMessage(3002, LogLevel.Debug, "Event socket {Session} has ended: {End}")]
    public static partial void SocketEnded(this ILogger logger, SessionId session, PumpEnd end);

    [LoggerMessage(3003, LogLevel.Debug, "Event socket refused with status {Status}: handshake")]
    public static partial void HandshakeRefused(this ILogger logger, int status);

    [LoggerMessage(3004, LogLevel.Information, "Event socket refused: {Reason}")]
    public static partial void SessionRefused(this ILogger logger, SessionRefusal reason);

    [LoggerMessage(3005, LogLevel.Warning, "Event socket refused: the session manager did not answer within {Limit}")]
    public static partial void SessionManagerSilent(this ILogger logger, TimeSpan limit);

    [LoggerMessage(3006, LogLevel.Debug, "Event socket {Session} was closed before it was open: {Error}")]
    public static partial void UpgradeFailed(this ILogger logger, SessionId session, string error);

    [LoggerMessage(3007, LogLevel.Debug, "Event stream {Session} has ended: {End}")]
    public static partial void StreamEnded(this ILogger logger, SessionId session, SendEnd end);

    [LoggerMessage(3008, LogLevel.Information, "Session {Session} on the node {Node} was ended by {Administrator}")]
    public static partial void SessionEndedByAdministrator(this ILogger logger, SessionId session, string node, string administrator);
}
