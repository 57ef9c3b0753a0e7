using Akka.Actor;

namespace Garm.Actors.Clustering;

/// <summary>Whether this node is a member of its cluster.</summary>
/// <param name="hasCluster">Whether the node is configured for a cluster.</param>
public sealed class ClusterStatus(bool hasCluster)
{
    private volatile ClusterLink? _link;
    private volatile string? _selfAddress;
    private volatile KnownNodes? _nodes;

    /// <summary>
    /// True when the member is up or weakly up, so that events pass between it and the others. Always true for a node without a
    /// cluster.
    /// </summary>
    public bool IsUp => !hasCluster || _link?.Membership is { TakesPart: true };

    /// <summary>The members' addresses as this node knows them; empty while it is not a member.</summary>
    public IReadOnlyCollection<string> Members => _link?.Membership.Members ?? (IReadOnlyCollection<string>)[];

    internal IClusterMembership? Membership => _link?.Membership;

    /// <summary>The node's cluster system; null while there is none.</summary>
    internal ClusterLink? Link => _link;

    /// <summary>This node's address in the cluster, the last one while it has none; null without a cluster.</summary>
    internal string? SelfAddress => _selfAddress;

    /// <summary>What this node is called: <c>host:port</c> in the cluster, the machine's name without one.</summary>
    internal string Name => _selfAddress is { } address ? NameOf(address) : Environment.MachineName;

    /// <summary>The addresses in the table of nodes, members or not; empty without a cluster.</summary>
    internal IEnumerable<string> LiveNodes => _nodes is { } nodes ? nodes.Latest.Select(x => x.Address) : [];

    /// <summary><c>host:port</c> of <c>akka.tcp://garm@host:port</c>.</summary>
    internal static string NameOf(string address)
    {
        var parsed = Address.Parse(address);
        return $"{parsed.Host}:{parsed.Port}";
    }

    internal void Become(ClusterLink? link)
    {
        if (link is not null) _selfAddress = link.Membership.SelfAddress;
        _link = link;
    }

    internal void Know(KnownNodes nodes) => _nodes = nodes;
}

/// <summary>A cluster system of the node.</summary>
/// <param name="Membership">Its membership.</param>
/// <param name="System">The actor system that is the member.</param>
internal sealed record ClusterLink(IClusterMembership Membership, ActorSystem System);
