using Garm.Data.Nodes;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Log.Nodes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Nodes;

/// <summary>The table of nodes by the database's clock, and the turn to form a cluster.</summary>
public abstract class NodeRegistrySpecBase(TestEngine engine) : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private readonly TestDatabase _database = new(engine);
    private readonly NodeId _a = new(Guid.NewGuid());
    private readonly NodeId _b = new(Guid.NewGuid());

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task EachHeartbeat_ReturnsTheLiveNodes_AsTheyLastSaidOfThemselves()
    {
        var a = await BeatAsync(_a, "akka.tcp://garm@a:1", joined: false);
        await BeatAsync(_b, "akka.tcp://garm@b:1", joined: false);
        var both = await BeatAsync(_a, "akka.tcp://garm@a:2", joined: true);

        Assert.Equal([new LiveNode(_a, "akka.tcp://garm@a:1", false)], a);
        Assert.Equal(
            [new LiveNode(_a, "akka.tcp://garm@a:2", true), new LiveNode(_b, "akka.tcp://garm@b:1", false)],
            both.OrderBy(x => x.Address, StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task ManyNodesThatBeatAtOnce_AreAllThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => BeatAsync(new NodeId(Guid.NewGuid()), $"akka.tcp://garm@n{i}:1", joined: true)));

        Assert.Equal(9, (await BeatAsync(_a, "akka.tcp://garm@a:1", joined: true)).Count);
    }

    [SkippableFact]
    public async Task ASilentNode_IsNotLive_AndItsRowGoesAfterAMinute()
    {
        await BeatAsync(_b, "akka.tcp://garm@b:1", joined: true);

        await AgeAsync(NodeRegistry.FreshFor + TimeSpan.FromSeconds(1));
        Assert.Single(await BeatAsync(_a, "akka.tcp://garm@a:1", joined: true));
        Assert.Equal(2, await RowsAsync());

        await AgeAsync(NodeRegistry.ForgottenAfter + TimeSpan.FromSeconds(1));
        await BeatAsync(_a, "akka.tcp://garm@a:1", joined: true);
        Assert.Equal(1, await RowsAsync());
    }

    [SkippableFact]
    public async Task AnAddress_IsItsYoungestProcesss()
    {
        await BeatAsync(_a, "akka.tcp://garm@same:1", joined: true);

        Assert.Equal([new LiveNode(_b, "akka.tcp://garm@same:1", false)], await BeatAsync(_b, "akka.tcp://garm@same:1", joined: false));
    }

    [SkippableFact]
    public async Task ANodeThatLeaves_TakesItsRowAway()
    {
        await BeatAsync(_a, "akka.tcp://garm@a:1", joined: true);
        await BeatAsync(_b, "akka.tcp://garm@b:1", joined: true);

        await _database.UseAsync<INodeRegistry>(x => x.RemoveAsync(_b, default));

        Assert.Equal(_a, Assert.Single(await BeatAsync(_a, "akka.tcp://garm@a:1", joined: true)).Id);
    }

    [SkippableFact]
    public async Task TheTurn_IsOneNodes_UntilItGivesItBack()
    {
        Assert.True(await TakeAsync(_a));
        Assert.True(await TakeAsync(_a));
        Assert.False(await TakeAsync(_b));

        await _database.UseAsync<IFormingTurn>(x => x.ReturnAsync(_a, default));

        Assert.True(await TakeAsync(_b));
        Assert.False(await TakeAsync(_a));
    }

    private Task<IReadOnlyList<LiveNode>> BeatAsync(NodeId id, string address, bool joined) =>
        _database.UseAsync<INodeRegistry, IReadOnlyList<LiveNode>>(x => x.BeatAsync(new NodeBeat(id, address, joined), default));

    private Task<bool> TakeAsync(NodeId id) => _database.UseAsync<IFormingTurn, bool>(x => x.TryTakeAsync(id, Long, default));

    private Task<int> RowsAsync() => _database.ReadAsync(db => db.Set<ClusterNode>().CountAsync());

    // Changes the rows as if this time had passed.
    private Task AgeAsync(TimeSpan time) => _database.SaveAsync(db =>
    {
        foreach (var row in db.Set<ClusterNode>().ToList())
            db.Entry(row).Property(x => x.HeartbeatAt).CurrentValue -= (long)time.TotalMilliseconds;
    });
}
