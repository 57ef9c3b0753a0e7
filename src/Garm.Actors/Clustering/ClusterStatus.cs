namespace Garm.Actors.Clustering;

/// <summary>Whether this node is a member of its cluster; a node without a cluster is its own.</summary>
public sealed class ClusterStatus
{
    private volatile IClusterMembership? _membership;
    private volatile bool _isClustered;

    /// <summary>True when the member is up, or there is no cluster to be a member of.</summary>
    public bool IsUp => !_isClustered || _membership is { IsUp: true };

    /// <summary>The members' addresses as this node knows them; empty without a cluster.</summary>
    public IReadOnlyCollection<string> Members => _membership?.Members ?? (IReadOnlyCollection<string>)[];

    internal IClusterMembership? Membership => _membership;

    internal void Become(IClusterMembership? membership)
    {
        _isClustered = true;
        _membership = membership;
    }
}
