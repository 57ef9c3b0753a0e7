using Garm.Contracts.Events;
using Garm.Contracts.Requests;
using Garm.Data.Inspection;
using Garm.Data.Leases;
using Garm.Data.Proxies;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Log;
using Garm.Log.Nodes;
using Xunit;

namespace Garm.Data.Tests.Inspection;

/// <summary>What the console reads of the log and of the tables that nodes share.</summary>
public abstract class InspectionSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task AnEntitysHistory_HasItsChangesAlone_AndTheLastOnesFirst()
    {
        var (one, other) = (await CreateAsync("one"), await CreateAsync("other"));
        for (var i = 0; i < 3; i++)
        {
            await UpdateAsync(one, $"http://one-{i}.example.com");
            await UpdateAsync(other, $"http://other-{i}.example.com");
        }

        var whole = await ReadAsync(one, 10);
        Assert.Equal(
            [ChangeOperation.Create, ChangeOperation.Update, ChangeOperation.Update, ChangeOperation.Update], whole.Changes.Select(x => x.Operation));
        Assert.All(whole.Changes, x => Assert.Equal(one, x.EntityId));
        Assert.False(whole.HasMore || whole.IsCut);

        var last = await ReadAsync(one, 2);
        Assert.Equal(whole.Changes.TakeLast(2).Select(x => x.Position), last.Changes.Select(x => x.Position));
        Assert.True(last.HasMore);
        var before = await ReadAsync(one, 10, last.Changes[0].Position);
        Assert.Equal(whole.Changes.Take(2).Select(x => x.Position), before.Changes.Select(x => x.Position));
    }

    [SkippableFact]
    public async Task AnEntityThatIsGone_StillHasItsHistory_AndAnotherSourcesHasNone()
    {
        var id = await CreateAsync("one");
        await _database.UseAsync<ProxyStore>(x => x.DeleteAsync(long.Parse(id), default));

        Assert.Equal([ChangeOperation.Create, ChangeOperation.Delete], (await ReadAsync(id, 10)).Changes.Select(x => x.Operation));
        var elsewhere = await _database.UseAsync<IEntityHistoryReader, EntityHistory>(
            x => x.ReadAsync(EntityType.Proxy, "old-garm", id, null, 10, default));
        Assert.Empty(elsewhere.Changes);
    }

    [SkippableFact]
    public async Task NodesAndLeases_AreShown_ByTheDatabasesClock()
    {
        await CreateAsync("one");
        await _database.UseAsync<INodeRegistry, IReadOnlyList<LiveNode>>(
            x => x.BeatAsync(new NodeBeat(new NodeId(Guid.NewGuid()), "akka.tcp://garm@a:1", Joined: true), default));
        var held = await _database.UseAsync<DatabaseLease, LeaseGrant?>(x => x.TryAcquireAsync("held", "me", TimeSpan.FromMinutes(5), default));
        var given = await _database.UseAsync<DatabaseLease, LeaseGrant?>(x => x.TryAcquireAsync("given-back", "me", TimeSpan.FromMinutes(5), default));
        await _database.UseAsync<DatabaseLease>(x => x.ReleaseAsync(given!.Value, default));

        var facts = await _database.UseAsync<ClusterInspector, ClusterFacts>(x => x.ReadAsync(default));

        var node = Assert.Single(facts.Nodes);
        Assert.Equal(("akka.tcp://garm@a:1", true, true), (node.Address, node.Joined, node.IsLive));
        Assert.InRange(node.SinceHeartbeat, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(["given-back", "held"], facts.Leases.Select(x => x.Name));
        Assert.Null(facts.Leases[0].EndsIn);
        Assert.InRange(facts.Leases[1].EndsIn!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Equal(held!.Value.FencingToken, facts.Leases[1].FencingToken);
        Assert.NotNull(facts.FirstCommittedAt);
    }

    private async Task<string> CreateAsync(string name)
    {
        var made = await _database.UseAsync<ProxyStore, Garm.Contracts.Entities.ProxyView>(
            x => x.CreateAsync(new CreateProxyRequest { Name = name, HttpProxy = "http://p.example.com" }, default));
        return $"{made.Id}";
    }

    private Task UpdateAsync(string id, string proxy) => _database.UseAsync<ProxyStore, Garm.Contracts.Entities.ProxyView>(
        x => x.UpdateAsync(long.Parse(id), new UpdateProxyRequest { HttpProxy = proxy }, default));

    private Task<EntityHistory> ReadAsync(string id, int limit, LogPosition? before = null) =>
        _database.UseAsync<IEntityHistoryReader, EntityHistory>(x => x.ReadAsync(EntityType.Proxy, "", id, before, limit, default));
}
