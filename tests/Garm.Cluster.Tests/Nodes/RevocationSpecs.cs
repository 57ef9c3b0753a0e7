using System.Diagnostics;
using Garm.Cluster.Tests.Support;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Nodes;

/// <summary>A user disabled on one node loses every socket on every node, with and without the mediator.</summary>
public sealed class RevocationSpecs
{
    [LongTheory]
    [InlineData(TestServer.Sqlite, "true", 1)]
    [InlineData(TestServer.Sqlite, "false", 3)]
    [InlineData(TestServer.PostgreSql, "true", 1)]
    [InlineData(TestServer.PostgreSql, "false", 3)]
    public async Task ADisabledUser_LosesEverySocket_OnEveryNode(string provider, string pubSub, double seconds)
    {
        await using var database = TestServer.Create(provider);
        var (cluster, nodes) = await HubCluster.StartAsync(3, [("Garm:Cluster:PubSub", pubSub), .. database.Settings]);
        await using var disposal = cluster;
        var user = await cluster.Admin.CreateAdminAsync("leaver");
        List<RawWebSocket> sockets = [];
        foreach (var node in nodes)
        {
            using var client = await HubClient.LoginAsync(node.BaseUrl, "leaver");
            sockets.Add(await client.WatchEverythingAsync());
            sockets.Add(await client.OpenSocketAsync());
            sockets.Add(await client.OpenSocketAsync());
            await sockets[^1].SendTextAsync("""{"send-everything":true,"cursor":"now"}""");
            await sockets[^1].SyncAsync(TimeSpan.FromSeconds(10));
        }

        List<RawWebSocket> others = [];
        foreach (var node in nodes)
        {
            using var client = cluster.AdminAt(node);
            others.Add(await client.WatchEverythingAsync());
        }

        if (pubSub == "true")
            foreach (var other in others) await UntilMediatorsKnowEachOtherAsync(cluster.Admin, other);

        var answer = await cluster.Admin.SendAsync("PUT", $"/api/v1/users/{user}", new { enabled = false });
        var since = Stopwatch.GetTimestamp();
        Assert.Equal(200, answer.Status);
        var ends = await Task.WhenAll(sockets.Select(async x =>
        {
            var frame = await x.CloseFrameAsync();
            return (frame.Code, After: Stopwatch.GetElapsedTime(since));
        }));

        Assert.All(ends, x => Assert.Equal((ushort)1000, x.Code));
        Assert.All(ends, x => Assert.InRange(x.After, TimeSpan.Zero, TimeSpan.FromSeconds(seconds)));
        foreach (var other in others)
        {
            await other.SyncAsync(TimeSpan.FromSeconds(10)); // No other user's socket has ended.
            Assert.DoesNotContain(await other.TakeAsync(_ => true, TimeSpan.Zero, TimeSpan.Zero), x => x.Kind is FrameKind.Close or FrameKind.Eof);
        }

        foreach (var socket in sockets.Concat(others)) await socket.DisposeAsync();
    }

    private static Task UntilMediatorsKnowEachOtherAsync(HubClient writer, RawWebSocket reader) => Retry.UntilAsync(
        "a write comes to the other node sooner than by a look at the log", async () =>
        {
            await reader.TakeAsync(_ => false, TimeSpan.FromMilliseconds(600), TimeSpan.Zero);
            var since = Stopwatch.GetTimestamp();
            await writer.SendAsync("POST", "/api/v1/proxies", new { name = $"p-{Guid.NewGuid():N}", http_proxy = "http://p" });
            await reader.ProxyEventsAsync(1);
            return Stopwatch.GetElapsedTime(since) < TimeSpan.FromMilliseconds(100);
        }, TimeSpan.FromSeconds(60));
}
