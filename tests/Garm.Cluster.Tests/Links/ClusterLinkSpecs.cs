using Garm.Actors.Tests.Support;
using Garm.Cluster.Tests.Support;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;
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
    public async Task NodesWithoutAHostname_ShouldEachBeAClusterOfOne()
    {
        await using var a = await LinkedNode.StartAloneAsync(_log);
        await using var b = await LinkedNode.StartAloneAsync(_log);

        await a.UntilMemberAsync(of: 1);
        await b.UntilMemberAsync(of: 1);

        Assert.Equal(["akka.test://garm@127.0.0.1:1"], a.Status.Members); // A transport that opens no port.
    }

    [Fact]
    public async Task AClusterOfOne_ShouldComeAgain_WhenItEnded()
    {
        await using var node = await LinkedNode.StartAloneAsync(_log);
        await node.UntilMemberAsync(of: 1);
        var first = node.Status.Membership;

        node.BeDowned();

        await Retry.UntilAsync(
            "another membership is up", () => Task.FromResult(node.Status.Membership != first && node.Status.IsUp),
            TimeSpan.FromSeconds(60));
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

        await b.UntilAsync(large.Last.Value); // Nobody looks at the log, so it came as one message.
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
