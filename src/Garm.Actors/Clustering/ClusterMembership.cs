using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;

namespace Garm.Actors.Clustering;

/// <summary>As much of a cluster's membership as finding one's cluster needs.</summary>
internal interface IClusterMembership
{
    /// <summary>This node's address.</summary>
    string SelfAddress { get; }

    /// <summary>Whether this node is a member through which others may join.</summary>
    bool IsUp { get; }

    /// <summary>
    /// Whether this node takes part in what the cluster carries. It does before it is <see cref="IsUp"/> where that has to
    /// wait until a dead member is decided about.
    /// </summary>
    bool TakesPart { get; }

    /// <summary>The members' addresses, those that are out of reach included.</summary>
    IReadOnlySet<string> Members { get; }

    /// <summary>Becomes the first member of a new cluster.</summary>
    void Form();

    /// <summary>Joins through any of these nodes; replaces an attempt that is still under way.</summary>
    void JoinThrough(ImmutableArray<string> addresses);

    /// <summary>Ends this membership, so that the node looks for its cluster anew.</summary>
    void GiveUp();

    /// <summary>Ends the cluster system of a node that could not join, so that a fresh one tries.</summary>
    void StartOver();
}

/// <summary>Why a cluster system ended that never became a member.</summary>
internal sealed class CouldNotJoinReason : CoordinatedShutdown.Reason
{
    public static CouldNotJoinReason Instance { get; } = new();

    /// <summary>Not used: the end of the cluster system is not the end of the process.</summary>
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

    // With TLS the transport calls itself akka.ssl.tcp; the setting need not.
    public void JoinThrough(ImmutableArray<string> addresses) =>
        _cluster.JoinSeedNodes(addresses.Select(x => Address.Parse(x).WithProtocol(_cluster.SelfAddress.Protocol)));

    public void GiveUp() => _cluster.Down(_cluster.SelfAddress);

    public void StartOver() => CoordinatedShutdown.Get(system).Run(CouldNotJoinReason.Instance);
}
