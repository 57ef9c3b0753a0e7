using System.Diagnostics;
using Garm.Cluster.Tests.Support;
using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Sources;

/// <summary>Whatever happens between a hub and its source, the mirror is what the source lists, within one list.</summary>
public sealed class SourceFaultSpecs(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly (string Name, ListFault Lists, FrameFault Frames)[] Faults =
    [
        ("no event comes", ListFault.None, FrameFault.Dropped),
        ("every second event is dropped", ListFault.None, FrameFault.EverySecondDropped),
        ("each event comes twice", ListFault.None, FrameFault.Doubled),
        ("each event comes 300 ms late", ListFault.None, FrameFault.Delayed),
        ("each pair of events changes places", ListFault.None, FrameFault.Swapped),
        ("the socket stalls", ListFault.None, FrameFault.Stalled),
        ("the socket is cut", ListFault.None, FrameFault.Cut),
        ("a list is answered with 500", ListFault.Refused, FrameFault.None),
        ("a list is cut in the middle", ListFault.Cut, FrameFault.None),
        ("half a list is passed on as all", ListFault.Halved, FrameFault.None),
        ("a list is answered with nothing", ListFault.Empty, FrameFault.None),
        ("a list stalls in the middle", ListFault.Stalled, FrameFault.None),
        ("no event comes, and lists are cut", ListFault.Cut, FrameFault.Dropped),
        ("the socket is cut, and lists are half", ListFault.Halved, FrameFault.Cut),
    ];

    [LongFact]
    public async Task AfterEachFault_TheMirrorIsWhatTheSourceLists_AndTheLogGivesIt()
    {
        await using var server = await RunningHost.StartAsync(new Dictionary<string, string?>());
        using var source = await BeginAsync(server);
        await using var relay = await SourceRelay.StartAsync(server.BaseUrl);
        await using var host = await RunningHost.StartAsync(new Dictionary<string, string?>());
        using var hub = await BeginAsync(host);
        var ledger = new MirrorLedger(source, hub, "east");
        await ledger.WriteAsync(20);
        await AddAsync(hub, relay.Address, relistSeconds: 1);
        await Retry.UntilAsync("the source is mirrored", ledger.IsMirroredAsync, Patience);

        foreach (var (name, lists, frames) in Faults)
        {
            var hits = relay.Hits;
            (relay.Lists, relay.Frames) = (lists, frames);
            await ledger.WriteAsync(10);
            await Retry.UntilAsync($"{name}: it has happened", () => Task.FromResult(relay.Hits > hits), Patience);
            relay.Heal();

            var since = Stopwatch.StartNew();
            await Retry.UntilAsync($"{name}: the mirror is what the source lists", ledger.IsMirroredAsync, Patience);
            output.WriteLine($"{name,-40} mirrored {since.ElapsedMilliseconds,5} ms after its end");
        }

        await ledger.ShouldReplayAsync();

        // The mirror is complete before the list is, and the state is written some seconds later.
        await Retry.UntilAsync("the state says so", async () => (await StatusAsync(hub)).State == "synced", Patience);
    }

    [LongFact]
    public async Task ANodeThatIsKilled_InTheMiddleOfAList_LeavesNoGap_AndNoDouble()
    {
        await using var server = await RunningHost.StartAsync(new Dictionary<string, string?>());
        using var source = await BeginAsync(server);
        await using var relay = await SourceRelay.StartAsync(server.BaseUrl);
        var (cluster, nodes) = await HubCluster.StartAsync(2);
        await using var disposal = cluster;

        // More than two parts of a list, so that the first ones are written when it stalls.
        const int Count = 900;
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
            Assert.Equal(200, (await source.SendAsync("POST", "/api/v1/proxies", new { name = $"p{i}", http_proxy = "http://p" })).Status));
        relay.Lists = ListFault.Stalled;
        await AddAsync(cluster.Admin, relay.Address, relistSeconds: 600);
        var first = new MirrorLedger(source, cluster.Admin, "east");
        await Retry.UntilAsync("a part of the list is written", async () => await first.CountAsync() > 0, Patience);
        var holder = await MirrorsAsync(nodes[0]) ? 0 : 1;
        using var left = cluster.AdminAt(nodes[1 - holder]);
        var ledger = new MirrorLedger(source, left, "east");
        Assert.InRange(await ledger.CountAsync(), 1, Count - 1);

        await nodes[holder].KillAsync();
        relay.Heal();

        var since = Stopwatch.StartNew();
        await Retry.UntilAsync("the other node mirrors all", ledger.IsMirroredAsync, Patience);
        output.WriteLine($"all is mirrored {since.ElapsedMilliseconds} ms after the kill");
        await ledger.ShouldReplayAsync();
    }

    private static async Task<HubClient> BeginAsync(RunningHost host) =>
        new(host.BaseUrl, (await GoldenServer.InitialiseAsync(host.BaseUrl)).Token);

    private static async Task AddAsync(HubClient hub, Uri url, int relistSeconds)
    {
        var added = await hub.SendAsync(
            "POST", "/api/v1/sources", new { name = "east", url, username = "admin", password = HubClient.Password, relist_seconds = relistSeconds });
        Assert.True(added.Status == 200, added.Text);
    }

    private static async Task<(string? State, string? Message)> StatusAsync(HubClient hub)
    {
        var status = (await hub.SendAsync("GET", "/api/v1/sources/east")).Json.GetProperty("status");
        return (status.GetProperty("state").GetString(), status.GetProperty("message").GetString());
    }

    private static async Task<bool> MirrorsAsync(RunningHost node)
    {
        using var client = new HttpClient();
        return (await client.GetStringAsync(new Uri(node.BaseUrl, "/metrics"))).Contains("garm_source_up{", StringComparison.Ordinal);
    }
}
