namespace Garm.Bench.Budget;

/// <summary>The items about snapshots, and about what the table of current states costs.</summary>
internal sealed class SnapshotItems(int runs, Verdicts verdicts)
{
    private const int Rows = 100_000;
    private const string Everything = """{"send-everything":true}""";

    public IReadOnlyDictionary<string, Func<Task>> All => new Dictionary<string, Func<Task>>
    {
        ["9"] = SnapshotAsync,
        ["10"] = AgainstBeforeAsync,
    };

    private async Task SnapshotAsync()
    {
        await using var hub = new Hub();
        await hub.StartAsync();
        await hub.AddInstancesAsync(Rows);
        var reader = new SnapshotReader(hub.Address, hub.Token);
        await Load.RunAsync("9 warm-up", hub, Everything, true, "--conns", "20", "--events", "3000");
        List<double> rates = [];
        for (var i = 0; i <= runs; i++)
        {
            var (rows, seconds) = await reader.ReadAsync();
            if (rows < Rows) throw new InvalidOperationException($"the snapshot had {rows} rows");
            if (i > 0) rates.Add(rows / seconds); // The first one compiles.
        }

        verdicts.AtLeast("9", "rows/s to one reader, of 100,000", rates.Order().ElementAt(rates.Count / 2), 50_000, 1);
        await MemoryAsync(hub, reader);
        await LatencyAsync(hub, reader);
    }

    private async Task MemoryAsync(Hub hub, SnapshotReader reader)
    {
        List<double> more = [];
        for (var i = 0; i < runs; i++)
        {
            var before = ServerMemory.Now(hub.Pid);
            ServerMemory.ForgetPeak(hub.Pid);
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => reader.ReadAsync()));
            more.Add(ServerMemory.Peak(hub.Pid) - before);
        }

        verdicts.Within("9", "MB more while ten read 100,000 rows at once", more.Order().ElementAt(more.Count / 2), 64);
        var alone = ServerMemory.Now(hub.Pid);
        ServerMemory.ForgetPeak(hub.Pid);
        List<IDisposable> stalled = [];
        for (var i = 0; i < 10; i++) stalled.Add(await reader.StallAsync());
        await Load.RunAsync("9 writes beside ten stalled snapshots", hub, Everything, true, "--conns", "20", "--events", "1000", "--rate", "100");
        verdicts.Within("9", "MB more while ten have stopped to read (queues of 4 MiB)", ServerMemory.Peak(hub.Pid) - alone, 64);
        foreach (var each in stalled) each.Dispose();
    }

    private async Task LatencyAsync(Hub hub, SnapshotReader reader)
    {
        List<Result> without = [], with = [];
        for (var i = 0; i < runs; i++)
        {
            without.Add(await LiveAsync("9 live readers"));
            using var stop = new CancellationTokenSource();
            var reading = ReadOnAsync(reader, stop.Token);
            with.Add(await LiveAsync("9 live readers beside a snapshot"));
            await stop.CancelAsync();
            await reading;
        }

        verdicts.Flawless("9", with);
        verdicts.AtMost("9", "p99 ms of live readers, beside without a snapshot", with.Median("lat_ms.p99"), without.Median("lat_ms.p99"), 1.3);

        Task<Result> LiveAsync(string name) => Load.RunAsync(name, hub, Everything, true, "--conns", "100", "--events", "1000", "--rate", "100");
    }

    private static async Task ReadOnAsync(SnapshotReader reader, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) await reader.ReadAsync();
    }

    /// <summary>The hub beside an earlier build of itself, whose <c>Garm.Host.dll</c> the environment names.</summary>
    private async Task AgainstBeforeAsync()
    {
        if (Hub.Earlier is not { } program)
        {
            await Console.Error.WriteLineAsync($"item 10 is left out: {Hub.EarlierVariable} names no Garm.Host.dll of an earlier build");
            return;
        }

        await using var now = new Hub();
        await using var before = new Hub(program);
        await now.StartAsync();
        await before.StartAsync();
        List<Result> nows = [], befores = [];
        for (var i = 0; i <= runs; i++)
        {
            var (a, b) = (await WritesAsync("10 writes, now", now), await WritesAsync("10 writes, before", before));
            if (i == 0) continue; // The first seconds of a process are the compiler's.
            nows.Add(a);
            befores.Add(b);
        }

        verdicts.AtLeast("10", "updates/s, one writer, beside the earlier build", nows.Median("writes_per_s"), befores.Median("writes_per_s"), 0.9);
        const string Match = """{"filters":[{"entity-type":"github_endpoint","match":{"name":"other-{N}"}}]}""";
        nows = [await MatchAsync(now), await MatchAsync(now)];
        befores = [await MatchAsync(before), await MatchAsync(before)];
        verdicts.AtMost("10", "CPU s for 500 events with match on 10,000, beside it", nows.Median("server_cpu_s"), befores.Median("server_cpu_s"), 1.1);

        static Task<Result> WritesAsync(string name, Hub hub) => Load.RunAsync(name, hub, Everything, true, "--conns", "1", "--events", "4000");
        static Task<Result> MatchAsync(Hub hub) =>
            Load.RunAsync("10 match", hub, Match, true, "--conns", "10000", "--events", "500", "--rate", "100", "--expect", "0");
    }
}
