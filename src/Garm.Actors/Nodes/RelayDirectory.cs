using System.Collections.Immutable;
using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Log;

namespace Garm.Actors.Nodes;

/// <summary>The positions of the relays of all nodes, for administrators.</summary>
public interface IRelayDirectory
{
    /// <summary>
    /// Reads them. It takes some milliseconds, and up to two seconds when a node does not answer. Nodes of a release without this query do
    /// not answer.
    /// </summary>
    /// <returns>The position of the last change that each relay has passed on, by the node's name; null for a node that did not answer.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<ImmutableSortedDictionary<string, LogPosition?>> ReadAsync(CancellationToken cancellation = default);
}

/// <summary>Queries the relays.</summary>
internal sealed class RelayDirectory(IRequiredActor<ChangeRelayActor> relay, ClusterStatus cluster) : IRelayDirectory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public async Task<ImmutableSortedDictionary<string, LogPosition?>> ReadAsync(CancellationToken cancellation = default)
    {
        var own = await relay.GetAsync(cancellation).ConfigureAwait(false);
        var answers = QueriedNodes.Of(own, cluster.Link, cluster).Select(async x => (x.Name, Position: await AskAsync(x.Actor, cancellation).ConfigureAwait(false)));
        return (await Task.WhenAll(answers).ConfigureAwait(false)).ToImmutableSortedDictionary(x => x.Name, x => x.Position, StringComparer.Ordinal);
    }

    private static async Task<LogPosition?> AskAsync(ICanTell node, CancellationToken cancellation)
    {
        if (node is IActorRef reference && reference.IsNobody()) return null;
        try
        {
            return (await node.Ask<RelayPosition>(AskRelayPosition.Instance, Patience, cancellation).ConfigureAwait(false)).Position;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null; // The cluster's system is ending.
        }
    }
}
