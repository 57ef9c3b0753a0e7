using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Garm.Cluster.Tests.Support;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Nodes;

/// <summary>The sessions of all nodes, asked for and ended at any of them; with and without the mediator.</summary>
public sealed class SessionListSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [LongTheory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task EveryNode_ListsTheSessionsOfAll_AndEndsThem(string pubSub)
    {
        var (cluster, nodes) = await HubCluster.StartAsync(2, ("Garm:Cluster:PubSub", pubSub));
        await using var disposal = cluster;
        await cluster.UntilNodesAsync(2);
        using var second = cluster.AdminAt(nodes[1]);
        await using var near = await cluster.Admin.WatchEverythingAsync();
        await using var far = await second.WatchEverythingAsync();

        var (list, unanswered) = await UntilListedAsync(cluster, nodes[0], 2);
        Assert.Equal("", unanswered);
        Assert.Equal(2, list.Select(x => x.GetProperty("node").GetString()).Distinct().Count());
        var (other, _) = await UntilListedAsync(cluster, nodes[1], 2);
        Assert.Equal(list.Select(IdOf).Order(), other.Select(IdOf).Order());

        // Which is which is found by ending one: the far socket alone must close.
        var nearNode = await NodeOfAsync(nodes[0], cluster, near);
        var target = Assert.Single(list, x => x.GetProperty("node").GetString() != nearNode);
        Assert.Equal(204, (await cluster.Admin.SendAsync("DELETE", $"/api/v1/sessions/{IdOf(target)}")).Status);

        var close = await far.CloseFrameAsync();
        Assert.Equal(((ushort)1008, "ended-by-administrator"), (close.Code, close.Text));
        await near.SyncAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(404, (await cluster.Admin.SendAsync("DELETE", $"/api/v1/sessions/{IdOf(target)}")).Status);
    }

    [LongFact]
    public async Task ANodeThatWasKilled_DelaysTheListALittle_AndIsNamed_UntilTheOthersRemoveIt()
    {
        var (cluster, nodes) = await HubCluster.StartAsync(2);
        await using var disposal = cluster;
        await cluster.UntilNodesAsync(2);
        using var second = cluster.AdminAt(nodes[1]);
        await using var near = await cluster.Admin.WatchEverythingAsync();
        await using var far = await second.WatchEverythingAsync();
        await UntilListedAsync(cluster, nodes[0], 2);

        await nodes[1].KillAsync();
        var since = Stopwatch.GetTimestamp();
        var (list, unanswered) = await ListAsync(cluster, nodes[0]);
        var taken = Stopwatch.GetElapsedTime(since);

        Assert.Single(list);
        Assert.Matches(@"^127\.0\.0\.1:\d+$", unanswered);
        Assert.InRange(taken, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        var unknown = await cluster.Admin.SendAsync("DELETE", "/api/v1/sessions/00112233445566778899aabbccddeeff");
        Assert.Equal(503, unknown.Status);
        Assert.Contains(unanswered, unknown.Text);
        Assert.Equal(204, (await cluster.Admin.SendAsync("DELETE", $"/api/v1/sessions/{IdOf(list[0])}")).Status); // One that is found does not wait.
        Assert.Equal((ushort)1008, (await near.CloseFrameAsync()).Code);
        await Retry.UntilAsync(
            "the killed node is forgotten", async () => (await ListAsync(cluster, nodes[0])).Unanswered == "", Patience);
    }

    private static string IdOf(JsonElement session) => session.GetProperty("id").GetString()!;

    // A node on its own name: where its only session with this filter is.
    private static async Task<string> NodeOfAsync(RunningHost node, HubCluster cluster, RawWebSocket socket)
    {
        await socket.SendTextAsync("""{"filters":[{"entity-type":"template"}]}""");
        await socket.SyncAsync(TimeSpan.FromSeconds(10));
        var (list, _) = await ListAsync(cluster, node);
        return Assert.Single(list, x => x.GetProperty("filter").GetRawText().Contains("template", StringComparison.Ordinal)).GetProperty("node").GetString()!;
    }

    // The members know each other some gossip after the table says so.
    private static async Task<(IReadOnlyList<JsonElement> List, string Unanswered)> UntilListedAsync(HubCluster cluster, RunningHost node, int count)
    {
        (IReadOnlyList<JsonElement> List, string Unanswered) found = ([], "");
        await Retry.UntilAsync($"{count} sessions are listed", async () =>
        {
            found = await ListAsync(cluster, node);
            return found.List.Count == count;
        }, Patience);
        return found;
    }

    private static async Task<(IReadOnlyList<JsonElement> List, string Unanswered)> ListAsync(HubCluster cluster, RunningHost node)
    {
        using var http = new HttpClient { BaseAddress = node.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.Admin.Token);
        using var response = await http.GetAsync("/api/v1/sessions");
        response.EnsureSuccessStatusCode();
        var unanswered = response.Headers.TryGetValues("Garm-Unanswered-Nodes", out var names) ? string.Join(',', names) : "";
        return ([.. JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).EnumerateArray()], unanswered);
    }
}
