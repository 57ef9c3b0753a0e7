using Akka.Actor;

namespace Garm.Actors.Sessions;

/// <summary>Whom a node's sessions talk to.</summary>
/// <param name="Relay">The node's <c>ChangeRelayActor</c>.</param>
/// <param name="LogPages">The node's <c>LogPagesActor</c>.</param>
/// <param name="Users">The node's <c>UserStateManagerActor</c>.</param>
/// <param name="Tokens">Reads new tokens of open connections.</param>
public sealed record SessionPorts(IActorRef Relay, IActorRef LogPages, IActorRef Users, ISessionTokens Tokens);

/// <summary>Reads tokens: what is in one, and what makes it good, is not the sessions' matter.</summary>
public interface ISessionTokens
{
    /// <summary>What the token grants; null when it is not good or grants no session.</summary>
    Task<SessionGrant?> ReadAsync(string token);
}
