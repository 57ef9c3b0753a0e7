using System.Text.Json;
using Garm.Cluster.Tests.Support;
using Garm.Golden.Running;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using static Garm.Cluster.Tests.Support.MirroredSource;

namespace Garm.Cluster.Tests.Sources;

/// <summary>Each node stands in front of a source, whichever node mirrors it.</summary>
public sealed class FrontOnNodesSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [LongFact]
    public async Task ClientsOfTheServer_ReachIt_AndItsEvents_OnEveryNode_AndAfterTheMirroringOneIsKilled()
    {
        await using var server = await RunningHost.StartAsync(new Dictionary<string, string?>());
        await GoldenServer.InitialiseAsync(server.BaseUrl);
        var (cluster, nodes) = await HubCluster.StartAsync(2);
        await using var disposal = cluster;
        await cluster.UntilNodesAsync(2);
        await cluster.Admin.SendAsync("POST", "/api/v1/sources", new
        {
            name = "east",
            url = server.BaseUrl,
            username = "admin",
            password = HubClient.Password,
            relist_seconds = 600,
            hosts = new[] { "localhost" },
        });
        await Retry.UntilAsync("the source is synced", async () => await StateAsync(cluster.Admin) == "synced", Patience);
        var mirroring = await IsMirroringAsync(nodes[0]) ? 0 : 1;
        using var there = await HubClient.LoginAsync(Front(nodes[mirroring]), "admin");
        using var here = new HubClient(Front(nodes[1 - mirroring]), there.Token); // The server's token is good at each node.
        await using var plainThere = await there.WatchEverythingAsync();
        await using var plainHere = await here.WatchEverythingAsync();
        await using var readerThere = await ReadAsync(there, "now");

        await MakeAsync(here, "passed-on-by-the-other-node");
        await MakeAsync(there, "passed-on-by-the-mirroring-node");
        var (sentThere, sentHere) = (await EventsAsync(plainThere, 2), await EventsAsync(plainHere, 2));
        Assert.Equal(sentThere, sentHere);
        var cursor = CursorOf((await EventsAsync(readerThere, 2))[0]); // The client has read one of two when its node is killed.
        await nodes[mirroring].KillAsync();

        await MakeAsync(here, "after-the-kill");
        await using var readerHere = await ReadAsync(here, cursor);
        Assert.Equal(
            ["passed-on-by-the-mirroring-node", "after-the-kill"], (await EventsAsync(readerHere, 2)).Select(NameOf));
        Assert.Equal("after-the-kill", NameOf((await EventsAsync(plainHere, 1))[0]));
    }

    private static Uri Front(RunningHost node) => new UriBuilder(node.BaseUrl) { Host = "localhost" }.Uri;

    private static async Task<RawWebSocket> ReadAsync(HubClient client, string cursor)
    {
        var socket = await client.OpenSocketAsync();
        await socket.SendTextAsync($$"""{"filters":[{"entity-type":"proxy"}],"cursor":"{{cursor}}","heartbeat-seconds":0}""");
        if (cursor == "now") await socket.SyncAsync(TimeSpan.FromSeconds(10));
        return socket;
    }

    private static async Task<IReadOnlyList<string>> EventsAsync(RawWebSocket socket, int count)
    {
        var frames = await socket.TakeAsync(x => x.Count(IsEvent) >= count, Patience, TimeSpan.Zero);
        return [.. frames.Where(IsEvent).Select(x => x.Text)];
    }

    private static bool IsEvent(SocketFrame frame) => frame.Text.StartsWith("{\"entity-type\":\"proxy\"", StringComparison.Ordinal);

    private static string NameOf(string frame) =>
        JsonSerializer.Deserialize<JsonElement>(frame).GetProperty("payload").GetProperty("name").GetString()!;

    private static string CursorOf(string frame) => JsonSerializer.Deserialize<JsonElement>(frame).GetProperty("cursor").GetString()!;
}
