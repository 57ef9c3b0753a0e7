namespace Garm.Actors.Clustering;

/// <summary>Whether this node is a member of its cluster, be it a cluster of one.</summary>
public sealed class ClusterStatus
{
    private volatile IClusterMembership? _membership;

    /// <summary>True when the member is up, be it weakly: it gets the others' events and they get its own.</summary>
    public bool IsUp => _membership is { TakesPart: true };

    /// <summary>The members' addresses as this node knows them; empty while it is none.</summary>
    public IReadOnlyCollection<string> Members => _membership?.Members ?? (IReadOnlyCollection<string>)[];

    internal IClusterMembership? Membership => _membership;

    internal void Become(IClusterMembership? membership) => _membership = membership;
}
