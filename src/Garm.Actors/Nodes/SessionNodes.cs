using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Clustering;

namespace Garm.Actors.Nodes;

/// <summary>A node that is queried for its sessions.</summary>
/// <param name="Name">Its display name.</param>
/// <param name="Sessions">Its session manager, or the gateway to it.</param>
internal sealed record SessionNode(string Name, ICanTell Sessions);

/// <summary>The nodes to query.</summary>
internal static class SessionNodes
{
    /// <summary>
    /// This node, the members of its cluster, and the nodes in the database's table, which also contains nodes that are currently not
    /// members. In the order of their names.
    /// </summary>
    /// <param name="own">The session manager of this node.</param>
    /// <param name="link">This node's cluster system; null while there is none.</param>
    /// <param name="cluster">The node's cluster.</param>
    public static ImmutableArray<SessionNode> Of(IActorRef own, ClusterLink? link, ClusterStatus cluster)
    {
        var self = cluster.SelfAddress;
        var nodes = new SortedDictionary<string, SessionNode>(StringComparer.Ordinal);
        var name = self is null ? Environment.MachineName : NameOf(self);
        nodes[name] = new SessionNode(name, own);
        foreach (var address in cluster.Members.Concat(cluster.LiveNodes))
        {
            var other = NameOf(address);
            if (!nodes.ContainsKey(other)) nodes[other] = new SessionNode(other, GatewayOf(address, link));
        }

        return [.. nodes.Values];
    }

    /// <summary><c>host:port</c> of <c>akka.tcp://garm@host:port</c>.</summary>
    private static string NameOf(string address)
    {
        var parsed = Address.Parse(address);
        return $"{parsed.Host}:{parsed.Port}";
    }

    private static ICanTell GatewayOf(string address, ClusterLink? link)
    {
        if (link is null) return ActorRefs.Nobody;
        var there = Address.Parse(address).WithProtocol(link.Membership.SelfAddress.Split(':')[0]);
        return link.System.ActorSelection($"{there}/user/{SessionGatewayActor.Name}");
    }
}
