namespace Garm.Actors.Clustering;

/// <summary>Whether this node is a member of its cluster.</summary>
/// <param name="hasCluster">Whether the node is configured for a cluster.</param>
public sealed class ClusterStatus(bool hasCluster)
{
    private volatile IClusterMembership? _membership;

    /// <summary>
    /// True when the member is up or weakly up, so that events pass between it and the others. Always true for a node without a
    /// cluster.
    /// </summary>
    public bool IsUp => !hasCluster || _membership is { TakesPart: true };

    /// <summary>The members' addresses as this node knows them; empty while it is not a member.</summary>
    public IReadOnlyCollection<string> Members => _membership?.Members ?? (IReadOnlyCollection<string>)[];

    internal IClusterMembership? Membership => _membership;

    internal void Become(IClusterMembership? membership) => _membership = membership;
}
