using System.Collections.Immutable;
using Akka.TestKit.Xunit2;
using Garm.Actors.Clustering;
using Garm.Actors.Tests.Support;
using Garm.Cluster.Tests.Support;
using Garm.Data.Nodes;
using Garm.Log.Nodes;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Joining;

public sealed class ClusterBootstrapActorSpecs() : TestKit(VirtualTime.Config)
{
    private static readonly NodeId Self = NodeId.NewId();
    private static readonly NodeId Other = NodeId.NewId();
    private static readonly ClusterLinkOptions Options = new() { Hostname = "m" };

    private readonly NodeTable _table = new();
    private readonly FakeMembership _membership = new();

    [Fact]
    public async Task Node_ShouldFormTheCluster_WhenItHasTheTurn_AndReturnTheTurn_OnceItIsAMember()
    {
        Start();

        await UntilAsync("the cluster is formed", () => _membership.Formed == 1);
        Assert.Equal(Self, _table.Turn);

        _membership.IsUp = true;
        await UntilAsync("the turn is returned", () => _table.Turn is null);
        Assert.True(Assert.Single(_table.Nodes).Joined);
        Assert.Equal(1, _membership.Formed);
    }

    [Fact]
    public async Task Node_ShouldWait_WhileAnotherHasTheTurn_AndThenJoinIt()
    {
        _table.Turn = Other;
        Start();
        await UntilAsync("it has asked several times", () => _table.Beats > 3);
        Assert.Equal(0, _membership.Formed);

        _table.Set(new LiveNode(Other, "akka.tcp://garm@o:1", Joined: true));

        await UntilAsync("it joins", () => _membership.Joins.Count == 1);
        Assert.Equal(["akka.tcp://garm@o:1"], _membership.Joins[0].AsEnumerable());
        await UntilAsync("it has looked again", () => _table.Beats > 8);
        Assert.Single(_membership.Joins); // The node does not join the same nodes again, because Akka itself keeps trying.
    }

    [Fact]
    public async Task Node_ShouldNotForm_WhenTheTurnHasGrownOld()
    {
        // Half of the time is over before the table has been read again.
        Start(Options with { FormingTurn = TimeSpan.FromTicks(1) });

        await UntilAsync("it has looked several times", () => _table.Beats > 6);

        Assert.Equal(0, _membership.Formed);
    }

    [Fact]
    public async Task Node_ShouldGoOnLooking_AfterTheTableFailed()
    {
        _table.Fails = true;
        Start();
        await UntilAsync("it has failed several times", () => _table.Beats > 3);

        _table.Fails = false;

        await UntilAsync("the cluster is formed", () => _membership.Formed == 1);
    }

    [Fact]
    public async Task Node_ShouldLeaveTheSmallerCluster_OnlyWhenItSeesTheOtherAgainAndAgain()
    {
        _membership.IsUp = true;
        _table.Set(new LiveNode(Other, "akka.tcp://garm@a:1", Joined: true));
        Start();

        await UntilAsync("it has seen the other cluster", () => _table.Beats >= Options.GiveUpAfter - 1);
        Assert.Equal(0, _membership.GivenUp);
        await UntilAsync("it gives up", () => _membership.GivenUp == 1);
    }

    [Fact]
    public async Task Node_ShouldStartOver_WhenNoneOfManyBeatsMakesItAMember()
    {
        _table.Set(new LiveNode(Other, "akka.tcp://garm@o:1", Joined: true));
        Start();

        await UntilAsync("it has almost given up", () => _table.Beats >= Options.StartOverAfter);
        Assert.Equal(0, _membership.StartedOver); // The first heartbeat only found the nodes to join.
        await UntilAsync("it starts over", () => _membership.StartedOver == 1);
        Assert.Single(_membership.Joins);
    }

    [Fact]
    public async Task Node_ShouldStartOver_WhenTheClusterThatItFormsDoesNotComeAbout()
    {
        Start();

        await UntilAsync("it starts over", () => _membership.StartedOver == 1);
        Assert.Equal(1, _membership.Formed);
    }

    [LongFact]
    public async Task Node_ShouldNotStartOver_WhileItWaitsForAnother_OrTakesPartWeakly()
    {
        _table.Turn = Other;
        Start();
        await UntilAsync("it has waited for long", () => _table.Beats > 3 * Options.StartOverAfter);
        Assert.Equal(0, _membership.StartedOver);

        _membership.TakesPart = true;
        _table.Set(new LiveNode(Other, "akka.tcp://garm@o:1", Joined: true));
        await UntilAsync("it has been weakly up for long", () => _table.Beats > 6 * Options.StartOverAfter);
        Assert.Single(_membership.Joins);
        Assert.Equal(0, _membership.StartedOver);
    }

    private void Start(ClusterLinkOptions? options = null) =>
        Sys.ActorOf(ClusterBootstrapActor.Props(Self, _membership, _table, _table, options ?? Options));

    private Task UntilAsync(string condition, Func<bool> holds) => this.AdvanceUntilAsync(
        condition, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2), () => Task.FromResult(holds()));

    private sealed class FakeMembership : IClusterMembership
    {
        private volatile bool _isUp;
        private volatile bool _takesPart;

        public string SelfAddress => "akka.tcp://garm@m:1";

        public bool IsUp
        {
            get => _isUp;
            set => _isUp = value;
        }

        public bool TakesPart
        {
            get => _takesPart || IsUp;
            set => _takesPart = value;
        }

        public IReadOnlySet<string> Members => new HashSet<string> { SelfAddress };

        public int Formed { get; private set; }

        public int GivenUp { get; private set; }

        public int StartedOver { get; private set; }

        public List<ImmutableArray<string>> Joins { get; } = [];

        public void Form() => Formed++;

        public void JoinThrough(ImmutableArray<string> addresses) => Joins.Add(addresses);

        public void GiveUp() => GivenUp++;

        public void StartOver() => StartedOver++;
    }
}
