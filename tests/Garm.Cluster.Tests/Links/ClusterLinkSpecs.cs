using System.Collections.Immutable;
using Garm.Actors.Clustering;
using Garm.Actors.Tests.Support;
using Garm.Cluster.Tests.Support;
using Garm.Contracts.Events;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Links;

/// <summary>Several nodes in one process, each with both of its actor systems: a real cluster, real remoting, real time.</summary>
public sealed class ClusterLinkSpecs
{
    private static readonly TimeSpan ShortPoll = TimeSpan.FromMilliseconds(100);

    private readonly NodeTable _table = new();
    private readonly FailableChangeLog _log = new();

    [Fact]
    public async Task ACommit_ShouldReachTheOtherNode_ThroughTheMediators()
    {
        await using var a = await LinkedNode.StartAsync(_table, _log);
        await using var b = await LinkedNode.StartAsync(_table, _log);
        await BothAreLinkedAsync(a, b);

        var last = _log.CommitMany(100).ConvertAll(x =>
        {
            a.Commit(x);
            return x.Last.Value;
        })[^1];

        await b.UntilAsync(last);
        await a.UntilAsync(last);
        Assert.Equal(b.Positions.Order().Distinct(), b.Positions);
        Assert.Equal(a.Positions.TakeLast(100), b.Positions.TakeLast(100));
    }

    [Fact]
    public async Task ANodeWithoutAHostname_ShouldHaveNoClusterSystem_AndRelayItsOwnCommits()
    {
        await using var node = await LinkedNode.StartAloneAsync(_log);
        var batch = _log.Commit(Samples.PoolUpdate);

        node.Commit(batch);

        await node.UntilAsync(batch.Last.Value); // No node polls the log.
        Assert.True(node.Status.IsUp);
        Assert.Null(node.Status.Membership);
        Assert.Empty(node.Status.Members);
    }

    [Fact]
    public async Task ANodeThatCannotJoin_ShouldTryWithAFreshClusterSystem()
    {
        var port = FreePort.Take();
        var seeds = ImmutableArray.Create($"akka.tcp://garm@127.0.0.1:{port}");
        await using var b = await LinkedNode.StartAsync(
            _table, _log, cluster: new ClusterLinkOptions { Hostname = "127.0.0.1", SeedNodes = seeds, StartOverAfter = 4 });
        var first = b.Status.Membership;

        await TestUtilities.Retry.UntilAsync(
            "another cluster system tries",
            () => Task.FromResult(b.Status.Membership is { } now && !ReferenceEquals(now, first)), TimeSpan.FromSeconds(60));
        await using var a = await LinkedNode.StartAsync(
            _table, _log, cluster: new ClusterLinkOptions { Hostname = "127.0.0.1", Port = port, SeedNodes = seeds });

        await a.UntilMemberAsync(of: 2);
    }

    [Fact]
    public async Task AGap_ShouldBeRepairedFromTheLog_WhenTheNextBatchComes()
    {
        await using var a = await LinkedNode.StartAsync(_table, _log);
        await using var b = await LinkedNode.StartAsync(_table, _log);
        await BothAreLinkedAsync(a, b);

        var lost = _log.Commit(Samples.PoolUpdate);
        a.Commit(_log.Commit(Samples.PoolUpdate));

        await b.UntilAsync(lost.Last.Value + 1);
        Assert.Contains(lost.Last.Value, b.Positions);
        Assert.Equal(b.Positions.Order().Distinct(), b.Positions);
    }

    [Fact]
    public async Task ABatchLargerThanAFrame_ShouldBeFoundInTheLog_AndNotBreakTheLink()
    {
        await using var a = await LinkedNode.StartAsync(_table, _log, ShortPoll);
        await using var b = await LinkedNode.StartAsync(_table, _log, ShortPoll);
        await a.UntilMemberAsync(of: 2);
        var large = _log.Commit(new EventKind(EntityType.Pool, ChangeOperation.Update), new string('x', 5_000_000));

        a.Commit(large);
        await b.UntilAsync(large.Last.Value);
        var small = _log.Commit(Samples.PoolUpdate);
        a.Commit(small);
        await b.UntilAsync(small.Last.Value);

        Assert.Equal(2, b.Status.Members.Count);
    }

    [Fact]
    public async Task ABatchOfAMegabyte_ShouldCross()
    {
        await using var a = await LinkedNode.StartAsync(_table, _log);
        await using var b = await LinkedNode.StartAsync(_table, _log);
        await BothAreLinkedAsync(a, b);

        var large = _log.Commit(new EventKind(EntityType.Pool, ChangeOperation.Update), new string('x', 1_000_000));
        a.Commit(large);

        await b.UntilAsync(large.Last.Value); // No node polls the log, so it came as one message.
    }

    [Fact]
    public async Task ADownedNode_ShouldServeFromTheLog_AndBeAMemberAgain()
    {
        await using var a = await LinkedNode.StartAsync(_table, _log, ShortPoll);
        await using var b = await LinkedNode.StartAsync(_table, _log, ShortPoll);
        await b.UntilMemberAsync(of: 2);
        var first = b.Status.Membership;

        b.BeDowned();
        await TestUtilities.Retry.UntilAsync(
            "the cluster system has ended", () => Task.FromResult(!ReferenceEquals(b.Status.Membership, first)), TimeSpan.FromSeconds(60));
        var meanwhile = _log.Commit(Samples.PoolUpdate);
        a.Commit(meanwhile);
        await b.UntilAsync(meanwhile.Last.Value);

        await b.UntilMemberAsync(of: 2);
        await a.UntilMemberAsync(of: 2);
        Assert.Equal([meanwhile.Last.Value], b.Positions);
    }

    [Fact]
    public async Task ADownedNode_ShouldRelayItsOwnCommitsMeanwhile_AndPublishThroughItsNewMediator()
    {
        await using var a = await LinkedNode.StartAsync(_table, _log);
        await using var b = await LinkedNode.StartAsync(_table, _log);
        await BothAreLinkedAsync(a, b);
        var first = b.Status.Membership;

        b.BeDowned();
        await TestUtilities.Retry.UntilAsync(
            "the cluster system has ended", () => Task.FromResult(!ReferenceEquals(b.Status.Membership, first)), TimeSpan.FromSeconds(60));
        var meanwhile = _log.Commit(Samples.PoolUpdate);
        b.Commit(meanwhile);
        await b.UntilAsync(meanwhile.Last.Value); // No node polls the log.

        await b.UntilMemberAsync(of: 2);
        await a.UntilMemberAsync(of: 2);
        await a.UntilLinkedAsync(_log, b);
        await b.UntilLinkedAsync(_log, a);
    }

    [Fact]
    public async Task WithoutPubSub_TheLogAloneShouldDeliver()
    {
        await using var a = await LinkedNode.StartAsync(_table, _log, ShortPoll, pubSub: false);
        await using var b = await LinkedNode.StartAsync(_table, _log, ShortPoll, pubSub: false);
        await b.UntilMemberAsync(of: 2);

        var batch = _log.Commit(Samples.PoolUpdate);
        a.Commit(batch);

        await a.UntilAsync(batch.Last.Value);
        await b.UntilAsync(batch.Last.Value);
    }

    private async Task BothAreLinkedAsync(LinkedNode a, LinkedNode b)
    {
        await a.UntilMemberAsync(of: 2);
        await b.UntilMemberAsync(of: 2);
        await a.UntilLinkedAsync(_log, b);
    }
}
