namespace Garm.Actors.Clustering;

/// <summary>Whether this node is a member of its cluster.</summary>
/// <param name="hasCluster">Whether there is a cluster to be a member of; else nothing is missing.</param>
public sealed class ClusterStatus(bool hasCluster)
{
    private volatile IClusterMembership? _membership;

    /// <summary>
    /// True when the member is up, be it weakly: it gets the others' events and they get its own. Always true for a node
    /// without a cluster.
    /// </summary>
    public bool IsUp => !hasCluster || _membership is { TakesPart: true };

    /// <summary>The members' addresses as this node knows them; empty while it is none.</summary>
    public IReadOnlyCollection<string> Members => _membership?.Members ?? (IReadOnlyCollection<string>)[];

    internal IClusterMembership? Membership => _membership;

    internal void Become(IClusterMembership? membership) => _membership = membership;
}
