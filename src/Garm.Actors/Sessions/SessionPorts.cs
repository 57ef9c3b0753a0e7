using Akka.Actor;
using Garm.Actors.Feeds;

namespace Garm.Actors.Sessions;

/// <summary>The actors and services that a node's sessions use.</summary>
/// <param name="Relay">The node's <c>ChangeRelayActor</c>.</param>
/// <param name="LogPages">The node's <c>LogPagesActor</c>.</param>
/// <param name="Users">The node's <c>UserStateManagerActor</c>.</param>
/// <param name="Tokens">Validates new tokens of open connections.</param>
public sealed record SessionPorts(IActorRef Relay, IActorRef LogPages, IActorRef Users, ISessionTokens Tokens)
{
    /// <summary>The node's actor that reads snapshots; without one no session gets a snapshot.</summary>
    public IActorRef Snapshots { get; init; } = ActorRefs.Nobody;

    /// <summary>Those of them that a session's feed asks.</summary>
    internal FeedPorts Feed => new(Relay, LogPages, Snapshots);
}

/// <summary>Validates tokens.</summary>
public interface ISessionTokens
{
    /// <summary>What the token grants; null when it is invalid or grants no session.</summary>
    Task<SessionGrant?> ReadAsync(string token);
}
