using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;

namespace Garm.Actors.Clustering;

/// <summary>The cluster operations that <see cref="ClusterBootstrapActor"/> needs.</summary>
internal interface IClusterMembership
{
    /// <summary>This node's address.</summary>
    string SelfAddress { get; }

    /// <summary>Whether this node is a member through which others may join.</summary>
    bool IsUp { get; }

    /// <summary>
    /// Whether this node exchanges messages with the cluster. While the cluster has an unreachable member, this is true before
    /// <see cref="IsUp"/>.
    /// </summary>
    bool TakesPart { get; }

    /// <summary>The members' addresses, including unreachable ones.</summary>
    IReadOnlySet<string> Members { get; }

    /// <summary>Becomes the first member of a new cluster.</summary>
    void Form();

    /// <summary>Joins through any of these nodes; replaces a current attempt.</summary>
    void JoinThrough(ImmutableArray<string> addresses);

    /// <summary>Ends the membership; the node then looks for its cluster again.</summary>
    void GiveUp();

    /// <summary>Ends the cluster system of a node that could not join; a new one then tries.</summary>
    void StartOver();
}

/// <summary>The shutdown reason of a cluster system that never became a member.</summary>
internal sealed class CouldNotJoinReason : CoordinatedShutdown.Reason
{
    public static CouldNotJoinReason Instance { get; } = new();

    /// <summary>Unused: the process does not exit with the cluster system.</summary>
    public override int ExitCode => 0;
}

/// <summary>Akka's cluster.</summary>
internal sealed class ClusterMembership(ActorSystem system) : IClusterMembership
{
    private readonly Cluster _cluster = Cluster.Get(system);

    public string SelfAddress => _cluster.SelfAddress.ToString();

    public bool IsUp => !_cluster.IsTerminated && _cluster.SelfMember.Status == MemberStatus.Up;

    public bool TakesPart => IsUp || (!_cluster.IsTerminated && _cluster.SelfMember.Status == MemberStatus.WeaklyUp);

    public IReadOnlySet<string> Members => _cluster.State.Members.Select(x => x.Address.ToString()).ToHashSet();

    public void Form() => _cluster.Join(_cluster.SelfAddress);

    // With TLS the protocol is akka.ssl.tcp; the setting may have either.
    public void JoinThrough(ImmutableArray<string> addresses) =>
        _cluster.JoinSeedNodes(addresses.Select(x => Address.Parse(x).WithProtocol(_cluster.SelfAddress.Protocol)));

    public void GiveUp() => _cluster.Down(_cluster.SelfAddress);

    public void StartOver() => CoordinatedShutdown.Get(system).Run(CouldNotJoinReason.Instance);
}
