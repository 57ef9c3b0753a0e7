using System.Text;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Cluster.Tests.Support;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Links;

/// <summary>Asking other nodes for their sessions and their relays' positions, over real remoting.</summary>
public sealed class NodeQuerySpecs
{
    private readonly NodeTable _table = new();
    private readonly FailableChangeLog _log = new();

    [LongFact]
    public async Task ThreeThousandSessionsWithLongFilters_ShouldCome()
    {
        const int count = 3_000; // Twenty-four megabytes: six times what one message may have.
        await using var a = await LinkedNode.StartAsync(_table, _log);
        await using var b = await LinkedNode.StartAsync(_table, _log);
        await a.UntilMemberAsync(of: 2);
        await b.UntilMemberAsync(of: 2);
        var length = MessageOf(0).Length;
        for (var i = 0; i < count; i++) await b.OpenSessionsAsync(1, MessageOf(i));
        await Retry.UntilAsync("all have read their filters", async () =>
        {
            var own = await b.Sessions.ListAsync();
            return own.Sessions.Count(x => x.Session.Filter.Length > 0) == count;
        }, TimeSpan.FromSeconds(60));

        var list = await a.Sessions.ListAsync();

        Assert.Empty(list.UnansweredNodes);
        Assert.Equal(count, list.Sessions.Select(x => x.Session.Id).Distinct().Count());
        Assert.All(list.Sessions, x => Assert.Equal(length, x.Session.Filter.Length));
        Assert.Single(list.Sessions.Select(x => x.Node).Distinct());
    }

    // Each its own value, as clients have: thousands with the same one are one long list in the relay's index.
    private static byte[] MessageOf(int number) => Encoding.UTF8.GetBytes(
        $$$"""{"filters":[{"entity-type":"pool","match":{"id":"{{{number:D8}}}{{{new string('x', 8 * 1024)}}}"}}]}""");

    [Fact]
    public async Task TheRelaysOfAllNodes_ShouldTellTheirPositions()
    {
        await using var a = await LinkedNode.StartAsync(_table, _log);
        await using var b = await LinkedNode.StartAsync(_table, _log);
        await a.UntilMemberAsync(of: 2);
        await b.UntilMemberAsync(of: 2);
        await a.UntilLinkedAsync(_log, b);
        var last = b.Positions[^1];
        await a.UntilAsync(last);

        var positions = await a.Relays.ReadAsync();

        Assert.Equal(2, positions.Count);
        Assert.All(positions.Values, x => Assert.True(x?.Value >= last, $"{x}"));
    }

    [Fact]
    public async Task ANodeThatIsApart_ShouldListItsOwn_AndNameTheOthers()
    {
        await using var a = await LinkedNode.StartAsync(_table, _log);
        await using var b = await LinkedNode.StartAsync(_table, _log);
        await a.UntilMemberAsync(of: 2);
        await b.UntilMemberAsync(of: 2);
        await b.OpenSessionsAsync(1, """{"send-everything":true}"""u8.ToArray());
        var name = Assert.Single((await b.Sessions.ListAsync()).Sessions).Node;
        var first = b.Status.Membership;
        b.BeDowned();
        await Retry.UntilAsync(
            "the cluster system has ended", () => Task.FromResult(!ReferenceEquals(b.Status.Membership, first)), TimeSpan.FromSeconds(60));

        var list = await b.Sessions.ListAsync();

        Assert.Single(list.Sessions);
        Assert.DoesNotContain(name, list.UnansweredNodes);
        Assert.Single(list.UnansweredNodes);
        var end = await b.Sessions.EndAsync(SessionId.NewId());
        Assert.False(end.IsFound);
    }

    [Fact]
    public async Task ANodeWithoutACluster_ShouldAnswerByItself()
    {
        await using var node = await LinkedNode.StartAloneAsync(_log);
        await node.OpenSessionsAsync(2, """{"send-everything":true}"""u8.ToArray());

        var list = await node.Sessions.ListAsync();

        Assert.Equal((2, 0), (list.Sessions.Length, list.UnansweredNodes.Length));
        Assert.All(list.Sessions, x => Assert.Equal(Environment.MachineName, x.Node));
        var end = await node.Sessions.EndAsync(list.Sessions[0].Session.Id);
        Assert.Equal((true, Environment.MachineName), (end.IsFound, end.Node));
        Assert.Single((await node.Sessions.ListAsync()).Sessions);
        Assert.False((await node.Sessions.EndAsync(SessionId.NewId())).IsFound);
    }
}
