using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Clustering;

namespace Garm.Actors.Nodes;

/// <summary>A node that is queried.</summary>
/// <param name="Name">Its display name.</param>
/// <param name="Actor">The actor that answers: this node's own, or the gateway of another node.</param>
internal sealed record QueriedNode(string Name, ICanTell Actor);

/// <summary>The nodes to query.</summary>
internal static class QueriedNodes
{
    /// <summary>
    /// This node, the members of its cluster, and the nodes in the database's table, which also contains nodes that are currently not
    /// members. In the order of their names.
    /// </summary>
    /// <param name="own">The actor of this node that answers.</param>
    /// <param name="link">This node's cluster system; null while there is none.</param>
    /// <param name="cluster">The node's cluster.</param>
    public static ImmutableArray<QueriedNode> Of(IActorRef own, ClusterLink? link, ClusterStatus cluster)
    {
        var nodes = new SortedDictionary<string, QueriedNode>(StringComparer.Ordinal);
        nodes[cluster.Name] = new QueriedNode(cluster.Name, own);
        foreach (var address in cluster.Members.Concat(cluster.LiveNodes))
        {
            var other = ClusterStatus.NameOf(address);
            if (!nodes.ContainsKey(other)) nodes[other] = new QueriedNode(other, GatewayOf(address, link));
        }

        return [.. nodes.Values];
    }

    private static ICanTell GatewayOf(string address, ClusterLink? link)
    {
        if (link is null) return ActorRefs.Nobody;
        var there = Address.Parse(address).WithProtocol(link.Membership.SelfAddress.Split(':')[0]);
        return link.System.ActorSelection($"{there}/user/{NodeGatewayActor.Name}");
    }
}
