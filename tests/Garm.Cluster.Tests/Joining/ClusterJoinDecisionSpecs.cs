using System.Collections.Immutable;
using Garm.Actors.Clustering;
using Garm.Log.Nodes;

namespace Garm.Cluster.Tests.Joining;

/// <summary>The next step of a node, for every state of the table.</summary>
public sealed class ClusterJoinDecisionSpecs
{
    private static readonly NodeBeat Self = new(NodeId.NewId(), "akka.tcp://garm@m:1", Joined: false);

    [Fact]
    public void Decision_ShouldAskForTheTurn_WhenNobodyIsAMember() =>
        Assert.IsType<JoinStep.AskForTurn>(Decide(nodes: [Node("a", joined: false)]));

    [Fact]
    public void Decision_ShouldForm_WhenNobodyIsAMember_AndTheTurnIsOurs() =>
        Assert.IsType<JoinStep.Form>(Decide(nodes: [Node("a", joined: false)], hasTurn: true));

    [Fact]
    public void Decision_ShouldJoin_WhenSomebodyIsAMember_EvenWithTheTurn()
    {
        var step = Assert.IsType<JoinStep.JoinThrough>(
            Decide(nodes: [Node("z", joined: true), Node("a", joined: true), Node("b", joined: false)], hasTurn: true));

        Assert.Equal(["akka.tcp://garm@a:1", "akka.tcp://garm@z:1"], step.Addresses.AsEnumerable());
    }

    [Fact]
    public void Decision_ShouldNotJoinItsOwnPast()
    {
        var former = new LiveNode(NodeId.NewId(), Self.Address, Joined: true);

        Assert.IsType<JoinStep.AskForTurn>(Decide(nodes: [former]));
    }

    [Fact]
    public void Decision_ShouldPreferSeedNodes()
    {
        var step = Assert.IsType<JoinStep.JoinThrough>(
            Decide(nodes: [Node("a", joined: true)], seeds: ["akka.tcp://garm@seed:1"], hasTurn: true));

        Assert.Equal(["akka.tcp://garm@seed:1"], step.Addresses.AsEnumerable());
    }

    [Theory]
    [InlineData("", "", false)] // Alone.
    [InlineData("a", "", false)] // One cluster of two.
    [InlineData("", "a", true)] // One to one: the lowest address stays, which is the other's.
    [InlineData("", "z", false)] // One to one: the lowest address is ours.
    [InlineData("z", "a", false)] // Two to one.
    [InlineData("", "y,z", true)] // One to two.
    [InlineData("z", "a,b", true)] // Two to two.
    [InlineData("a", "y,z", false)] // Two to two.
    public void Decision_ShouldGiveUpTheSmallerOfTwoClusters(string ours, string theirs, bool givesUp)
    {
        string[] mine = [.. Split(ours)];
        var nodes = mine.Concat(Split(theirs)).Select(x => Node(x, joined: true)).ToList();
        var members = mine.Select(AddressOf).Append(Self.Address).ToHashSet();

        var step = ClusterJoinDecision.Decide(new JoinView(Self with { Joined = true }, [], nodes, false, members));

        Assert.Equal(givesUp, step is JoinStep.GiveUp);
        Assert.True(givesUp || step is JoinStep.Wait);
    }

    [Fact]
    public void Decision_ShouldKeepTheCluster_WhenAMemberIsOnlyOutOfReach()
    {
        // It is in the table and still among the members; the split-brain resolver decides about it.
        var members = new HashSet<string> { Self.Address, AddressOf("a"), AddressOf("b") };

        var step = ClusterJoinDecision.Decide(new JoinView(
            Self with { Joined = true }, [], [Node("a", joined: true), Node("b", joined: true)], false, members));

        Assert.IsType<JoinStep.Wait>(step);
    }

    private static JoinStep Decide(IReadOnlyList<LiveNode> nodes, ImmutableArray<string>? seeds = null, bool hasTurn = false) =>
        ClusterJoinDecision.Decide(new JoinView(
            Self, seeds ?? [], [new LiveNode(Self.Id, Self.Address, Self.Joined), .. nodes], hasTurn, new HashSet<string>()));

    private static LiveNode Node(string host, bool joined) => new(NodeId.NewId(), AddressOf(host), joined);

    private static string AddressOf(string host) => $"akka.tcp://garm@{host}:1";

    private static string[] Split(string hosts) => hosts.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
