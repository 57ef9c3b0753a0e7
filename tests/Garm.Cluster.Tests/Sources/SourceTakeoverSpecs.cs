using System.Diagnostics;
using Garm.Cluster.Tests.Support;
using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using static Garm.Cluster.Tests.Support.MirroredSource;

namespace Garm.Cluster.Tests.Sources;

/// <summary>A source is mirrored by one node at a time, and by another one soon after that one is gone.</summary>
public sealed class SourceTakeoverSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [LongFact]
    public async Task AfterItsNodeIsKilled_ASourceIsMirroredByAnother_WithoutAGapOrADouble()
    {
        await using var server = await RunningHost.StartAsync(new Dictionary<string, string?>());
        var golden = await GoldenServer.InitialiseAsync(server.BaseUrl);
        using var source = new HubClient(server.BaseUrl, golden.Token);
        var (cluster, nodes) = await HubCluster.StartAsync(2);
        await using var disposal = cluster;
        await cluster.UntilNodesAsync(2);
        await cluster.Admin.SendAsync(
            "POST", "/api/v1/sources", new { name = "east", url = server.BaseUrl, username = "admin", password = HubClient.Password, relist_seconds = 600 });
        await Retry.UntilAsync("the source is synced", async () => await StateAsync(cluster.Admin) == "synced", Patience);
        using var first = cluster.AdminAt(nodes[0]);
        using var second = cluster.AdminAt(nodes[1]);
        var head = (await first.SendAsync("GET", "/api/v1/snapshot?limit=1")).Json.GetProperty("cursor").GetString()!;
        await MakeAsync(source, "before");
        var killed = await IsMirroringAsync(nodes[0]) ? 0 : 1;
        var left = killed == 0 ? second : first;
        await Retry.UntilAsync("the event is there", async () => (await NamesAsync(left, head)).Contains("create before"), Patience);

        await nodes[killed].KillAsync();
        var since = Stopwatch.StartNew();
        await MakeAsync(source, "meanwhile");
        await Retry.UntilAsync("the event is there", async () => (await NamesAsync(left, head)).Contains("create meanwhile"), Patience);
        var took = since.Elapsed;
        await MakeAsync(source, "after");
        await Retry.UntilAsync("the event is there", async () => (await NamesAsync(left, head)).Contains("create after"), Patience);

        Assert.Equal(["create before", "create meanwhile", "create after"], await NamesAsync(left, head));
        Assert.True(took < TimeSpan.FromSeconds(10), $"it took {took}");
        await Retry.UntilAsync("the state says so", async () => await StateAsync(left) == "synced", Patience);
    }

    [LongFact]
    public async Task ANodeThatStoodStill_PastItsLease_WritesNothingThatIsOld()
    {
        await using var server = await RunningHost.StartAsync(new Dictionary<string, string?>());
        var golden = await GoldenServer.InitialiseAsync(server.BaseUrl);
        using var source = new HubClient(server.BaseUrl, golden.Token);
        var (cluster, nodes) = await HubCluster.StartAsync(2);
        await using var disposal = cluster;
        await cluster.UntilNodesAsync(2);
        await cluster.Admin.SendAsync(
            "POST", "/api/v1/sources", new { name = "east", url = server.BaseUrl, username = "admin", password = HubClient.Password, relist_seconds = 600 });
        await Retry.UntilAsync("the source is synced", async () => await StateAsync(cluster.Admin) == "synced", Patience);
        var paused = await IsMirroringAsync(nodes[0]) ? 0 : 1;
        using var left = cluster.AdminAt(nodes[1 - paused]);
        var head = (await left.SendAsync("GET", "/api/v1/snapshot?limit=1")).Json.GetProperty("cursor").GetString()!;

        nodes[paused].Pause();
        try
        {
            await MakeAsync(source, "a");
            await Retry.UntilAsync("the other node has it", async () => (await NamesAsync(left, head)).Contains("create a"), Patience);
        }
        finally
        {
            nodes[paused].Resume();
        }

        // The frame of "a" is in the paused node's socket, and that node has no lease any more.
        await MakeAsync(source, "b");
        await Retry.UntilAsync("the other node has it", async () => (await NamesAsync(left, head)).Contains("create b"), Patience);
        await Retry.UntilAsync("one node mirrors", async () => !await IsMirroringAsync(nodes[paused]), Patience);
        Assert.Equal(["create a", "create b"], await NamesAsync(left, head));
    }

    private static async Task<List<string>> NamesAsync(HubClient admin, string after)
    {
        var filter = Uri.EscapeDataString("""{"filters":[{"entity-type":"proxy","source":"east"}]}""");
        var page = await admin.SendAsync("GET", $"/api/v1/events?after={Uri.EscapeDataString(after)}&limit=1000&filter={filter}");
        return [.. page.Json.GetProperty("events").EnumerateArray().Select(x => $"{x.GetProperty("operation")} {x.GetProperty("payload").GetProperty("name")}")];
    }
}
