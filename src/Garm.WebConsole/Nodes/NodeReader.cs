using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Actors.Nodes;
using Garm.Actors.Sessions;
using Garm.Data.Inspection;
using Garm.Log;

namespace Garm.WebConsole.Nodes;

/// <summary>This node, the others, and the log.</summary>
/// <param name="Shared">What the database says.</param>
/// <param name="Log">What the log holds.</param>
/// <param name="Relay">Where this node's relay is; null when it does not answer.</param>
/// <param name="Sessions">Open event sessions of this node; null when the manager does not answer.</param>
/// <param name="IsMember">Whether this node takes part in its cluster; true without one.</param>
/// <param name="Members">The cluster's members as this node knows them; empty without a cluster.</param>
/// <param name="Relays">The positions of the nodes' relays by the nodes' names; null for a node that did not answer.</param>
public sealed record NodeReading(
    ClusterFacts Shared, LogRange Log, RelayState? Relay, int? Sessions, bool IsMember, IReadOnlyCollection<string> Members,
    IReadOnlyDictionary<string, LogPosition?> Relays)
{
    /// <summary>How many changes the log holds.</summary>
    public long LogLength => Log.Last.Value - Log.Earliest.Value;

    /// <summary>The position of the relay of the node with this address; null when it did not answer.</summary>
    public LogPosition? RelayOf(string address) =>
        Relays.FirstOrDefault(x => address.EndsWith($"@{x.Key}", StringComparison.Ordinal) || address == x.Key).Value;

    /// <summary>How many changes of the log the relay has not passed on yet; null when it is not known.</summary>
    public long? Behind => Relay is { } relay ? Math.Max(0, Log.Last.Value - relay.Head.Position.Value) : null;
}

/// <summary>Reads them.</summary>
internal sealed class NodeReader(
    ClusterInspector inspector, IChangeLogReader log, IRequiredActor<ChangeRelayActor> relay, IRequiredActor<SessionManagerActor> sessions,
    IRelayDirectory relays, ClusterStatus cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<NodeReading> ReadAsync(CancellationToken cancellation)
    {
        // The relays first: what the log has beyond them was then really not passed on.
        var others = relays.ReadAsync(cancellation);
        var state = await AskAsync<RelayState>(await relay.GetAsync(cancellation), GetRelayState.Instance, cancellation);
        var range = await log.ReadRangeAsync(cancellation);
        var shared = await inspector.ReadAsync(cancellation);
        var count = await AskAsync<SessionCount>(await sessions.GetAsync(cancellation), new GetSessionCount(), cancellation);
        return new NodeReading(shared, range, state, count?.Open, cluster.IsUp, cluster.Members, await others);
    }

    private static async Task<T?> AskAsync<T>(IActorRef actor, object question, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await actor.Ask<T>(question, Patience, cancellation);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
