namespace Garm.Bench.Budget;

/// <summary>The budget's items. Each starts its servers anew, and alternates between them run by run.</summary>
internal sealed class Items(int runs, Verdicts verdicts)
{
    private const string Everything = """{"send-everything":true}""";
    private const string Endpoints = """{"filters":[{"entity-type":"github_endpoint"}]}""";
    private const string Pools = """{"filters":[{"entity-type":"pool"}]}""";
    private const string OneEndpoint = """{"filters":[{"entity-type":"github_endpoint","match":{"name":"e1"}}]}""";
    private const string OtherEndpoints = """{"filters":[{"entity-type":"github_endpoint","match":{"name":"other-{N}"}}]}""";

    public IReadOnlyDictionary<string, Func<Task>> All => new Dictionary<string, Func<Task>>
    {
        ["1"] = FlatOutAsync,
        ["2"] = PacedAsync,
        ["3"] = WritersAsync,
        ["4"] = IdleAsync,
        ["5"] = () => MatchesAsync("5 kind", Endpoints, Pools),
        ["5m"] = () => MatchesAsync("5 match", OneEndpoint, OtherEndpoints),
        ["6"] = StalledAsync,
        ["7"] = ReconnectAsync,
        ["8"] = WritePathAsync,
    };

    private async Task FlatOutAsync()
    {
        var measured = await SideBySideAsync("1 flat out", "--conns", "1000", "--events", "3000");
        verdicts.Flawless("1", measured["hub"]);
        if (measured.TryGetValue("nats", out var nats))
        {
            // What was not delivered took no time either: with losses the comparison below flatters nats, or the generator is wrong.
            verdicts.Tell("1", "lost by nats", nats.Sum(x => x["lost"]));
            verdicts.AtLeast("1", "deliveries/s to 1,000, beside nats", measured["hub"].Median("deliveries_per_s"), nats.Median("deliveries_per_s"), 1);
        }

        verdicts.AtMost(
            "1", "CPU µs a delivery, beside the bare loop", measured["hub"].Median("cpu_us_per_delivery"), measured["bare"].Median("cpu_us_per_delivery"), 1.5);
    }

    private async Task PacedAsync()
    {
        var many = await SideBySideAsync("2 20/s to 1,000", "--conns", "1000", "--events", "100", "--rate", "20");
        verdicts.Flawless("2", many["hub"]);
        verdicts.AtMost("2", "CPU µs a delivery, 20/s to 1,000", many["hub"].Median("cpu_us_per_delivery"), many["bare"].Median("cpu_us_per_delivery"), 1.25);
        var fast = await SideBySideAsync("2 100/s to 200", "--conns", "200", "--events", "500", "--rate", "100");
        verdicts.AtMost("2", "p50 ms, 100/s to 200", fast["hub"].Median("lat_ms.p50"), fast["bare"].Median("lat_ms.p50"), 2);
        verdicts.AtMost("2", "p99 ms, 100/s to 200", fast["hub"].Median("lat_ms.p99"), fast["bare"].Median("lat_ms.p99"), 2.5);
    }

    private async Task WritersAsync()
    {
        await using var hub = await WarmedHubAsync();
        var (none, many) = await AlternateAsync(
            () => Load.RunAsync("3 no subscribers", hub, Everything, true, "--conns", "0", "--events", "3000"),
            () => Load.RunAsync("3 1,000 subscribers", hub, Everything, true, "--conns", "1000", "--events", "3000"));
        verdicts.Flawless("3", many);
        verdicts.AtLeast("3", "writes/s with 1,000 subscribers, beside none", many.Median("writes_per_s"), none.Median("writes_per_s"), 1 / 3.0);
    }

    private async Task IdleAsync()
    {
        List<Result> hubs = [], bares = [];
        for (var i = 0; i < runs; i++)
        {
            await using (var hub = await StartedAsync(new Hub()))
                hubs.Add(await Load.RunAsync("4 idle", hub, Everything, false, "--conns", "10000", "--settle-ms", "5000", "--idle-s", "1"));
            await using (var bare = await StartedAsync(new BareLoop()))
                bares.Add(await Load.RunAsync("4 idle", bare, Everything, false, "--conns", "10000", "--settle-ms", "5000", "--idle-s", "1"));
        }

        verdicts.Within("4", "KB a connection at 10,000", hubs.Median("kb_per_conn"), 24);
        verdicts.Tell("4", "KB a connection, the bare loop", bares.Median("kb_per_conn"));
        verdicts.Within("4", "seconds to open 10,000 (a quarter of GARM's 7.2)", hubs.Median("connect_s"), 1.8);
    }

    private async Task MatchesAsync(string name, string wanted, string unwanted)
    {
        await using var hub = await WarmedHubAsync();
        string[] few = ["--events", "500", "--rate", "100", "--expect", "10", "--first", "10", "--first-sub", wanted];
        var (alone, among) = await AlternateAsync(
            () => Load.RunAsync($"{name}, 10 alone", hub, unwanted, true, ["--conns", "10", .. few]),
            () => Load.RunAsync($"{name}, 10 of 10,000", hub, unwanted, true, ["--conns", "10000", .. few]));
        verdicts.Flawless(name, among);
        verdicts.AtMost(name, "CPU s for 500 events that 10 want, of 10,000 beside alone", among.Median("server_cpu_s"), alone.Median("server_cpu_s"), 3);
    }

    private async Task StalledAsync()
    {
        await using var hub = await WarmedHubAsync();
        var (without, with) = await AlternateAsync(
            () => Load.RunAsync("6 without", hub, Everything, true, "--conns", "950", "--events", "2000", "--rate", "100"),
            () => Load.RunAsync("6 50 stalled", hub, Everything, true, "--conns", "1000", "--stalled", "50", "--events", "2000", "--rate", "100"));
        verdicts.Flawless("6", with);
        verdicts.AtMost("6", "p99 ms of the others, beside without", with.Median("lat_ms.p99"), without.Median("lat_ms.p99"), 1.5);
        verdicts.Within("6", "MB more at the end (50 queues of 4 MiB)", with.Max(x => x["rss_end_kb"] - x["rss_connected_kb"]) / 1024, 200);
        verdicts.AtLeast("6", "events that the stalled got when they woke", with.Min(x => x["delivered_to_stalled"]), 50 * 2000, 1);
    }

    private async Task ReconnectAsync()
    {
        await using var hub = await WarmedHubAsync();
        List<Result> results = [];
        var pages = 0.0;
        for (var i = 0; i < runs; i++)
        {
            var cursor = await hub.CursorAsync();
            await Load.RunAsync("7 what was missed", hub, Everything, true, "--conns", "0", "--events", "500");
            var before = await hub.PagesReadAsync();
            results.Add(await Load.RunAsync(
                "7 reconnect", hub, $$"""{"send-everything":true,"cursor":"{{cursor}}"}""", false,
                "--conns", "5000", "--wait-for", "\"caught-up\"", "--idle-s", "1"));
            pages += await hub.PagesReadAsync() - before;
        }

        verdicts.AtLeast("7", "sessions live again", results.Min(x => x["ready"]), 5000, 1);
        verdicts.Within("7", "seconds until 5,000 are live again", results.Median("ready_s"), 10);
        verdicts.Within("7", "pages of the log read for it", pages, 0);
    }

    private async Task WritePathAsync()
    {
        await using var hub = await WarmedHubAsync();
        List<Result> results = [];
        for (var i = 0; i < runs; i++)
            results.Add(await Load.RunAsync("8 write path", hub, Everything, true, "--conns", "1", "--events", "5000"));
        verdicts.Flawless("8", results);
        verdicts.AtLeast("8", "updates/s, one writer, one subscriber (GARM: about 2,000)", results.Median("writes_per_s"), 2000, 1);
    }

    /// <summary>The same run on the hub and its peers, in turns.</summary>
    private async Task<Dictionary<string, List<Result>>> SideBySideAsync(string name, params string[] arguments)
    {
        List<Server> servers = [new Hub(), new BareLoop()];
        if (Nats.IsInstalled) servers.Add(new Nats());
        var results = servers.ToDictionary(x => x.Name, _ => new List<Result>());
        try
        {
            foreach (var server in servers) await server.StartAsync();
            foreach (var server in servers) await WarmAsync(server);
            for (var i = 0; i < runs; i++)
            {
                foreach (var server in servers)
                    results[server.Name].Add(await Load.RunAsync(name, server, Everything, true, arguments));
            }
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }

        return results;
    }

    private async Task<(List<Result> First, List<Result> Second)> AlternateAsync(Func<Task<Result>> first, Func<Task<Result>> second)
    {
        var results = (First: new List<Result>(), Second: new List<Result>());
        for (var i = 0; i < runs; i++)
        {
            results.First.Add(await first());
            results.Second.Add(await second());
        }

        return results;
    }

    // The first seconds of a process are the compiler's: its writes take several times as long.
    private static async Task WarmAsync(Server server)
    {
        await Load.RunAsync("warm-up, one subscriber", server, Everything, true, "--conns", "1", "--events", "10000");
        await Load.RunAsync("warm-up, 1,000 subscribers", server, Everything, true, "--conns", "1000", "--events", "2000");
    }

    private static async Task<Hub> WarmedHubAsync()
    {
        var hub = await StartedAsync(new Hub());
        await WarmAsync(hub);
        return hub;
    }

    private static async Task<T> StartedAsync<T>(T server)
        where T : Server
    {
        await server.StartAsync();
        return server;
    }
}
