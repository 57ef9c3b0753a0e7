using System.Diagnostics;

namespace Garm.Bench.Sources;

/// <summary>A measured figure beside its bound.</summary>
/// <param name="Item">What was measured.</param>
/// <param name="Value">In the unit.</param>
/// <param name="Bound">The most that it may be.</param>
/// <param name="Unit">The unit.</param>
internal sealed record Figure(string Item, double Value, double Bound, string Unit)
{
    public bool Holds => Value <= Bound;
}

/// <summary>The four bounds of a hub that mirrors GARM servers.</summary>
internal static class SourceBench
{
    private const int Sources = 3;
    private static readonly TimeSpan RelistPatience = TimeSpan.FromMinutes(5);

    /// <summary>From the server's frame to the hub's client, beside reading the server directly.</summary>
    public static async Task<IReadOnlyList<Figure>> LatencyAsync(int seconds)
    {
        await using var server = await SourceServer.StartAsync(500);
        await using var hub = await SourceHub.StartNewAsync();
        await hub.AddAsync("east", server.Address, relistSeconds: 600);
        using var direct = await EventListener.OfSourceAsync(server);
        using var mirrored = await EventListener.OfHubAsync(hub);
        await UntilAsync(() => server.Sockets == 2);
        await EmitAsync(server, 0, 0, 500, perSecond: 100); // Warm.
        await UntilAsync(() => mirrored.Count == 500 && direct.Count == 500);
        var (before, count) = (direct.Count, 50 * seconds);
        var (directFirst, mirroredFirst) = (direct.Latencies, mirrored.Latencies);
        await EmitAsync(server, 0, 500, count, perSecond: 50);
        await UntilAsync(() => mirrored.Count == before + count && direct.Count == before + count);
        var added = Median(Without(mirrored.Latencies, mirroredFirst)) - Median(Without(direct.Latencies, directFirst));
        return [new Figure("added latency, median", added, 20, "ms")];
    }

    /// <summary>Three servers with 1,500 events a second together: how far behind the hub's client is at worst.</summary>
    public static async Task<IReadOnlyList<Figure>> RateAsync(int seconds)
    {
        await using var hub = await SourceHub.StartNewAsync();
        var servers = new List<SourceServer>();
        try
        {
            for (var i = 0; i < Sources; i++)
            {
                servers.Add(await SourceServer.StartAsync(1000));
                await hub.AddAsync($"s{i}", servers[i].Address, relistSeconds: 600);
            }

            using var listener = await EventListener.OfHubAsync(hub);
            await UntilAsync(() => servers.All(x => x.Sockets == 1));
            await EmitAllAsync(0, 500, 100); // Warm.
            await UntilAsync(() => listener.Count == 500 * Sources);
            var first = listener.Latencies;
            var cpu = hub.Usage.CpuSeconds;
            await EmitAllAsync(500, 500 * seconds, 500);
            await UntilAsync(() => listener.Count == (500 + (500 * seconds)) * Sources);
            var latencies = Without(listener.Latencies, first);
            return
            [
                new Figure("behind at 1,500 events/s of three, worst", latencies[^1] / 1000, 1, "s"),
                new Figure("  the same, median", Median(latencies) / 1000, 1, "s"),
                new Figure("  CPU an event", (hub.Usage.CpuSeconds - cpu) * 1e6 / (500 * seconds * Sources), double.PositiveInfinity, "µs"),
            ];

            Task EmitAllAsync(int from, int count, int perSecond) =>
                Task.WhenAll(servers.Select((x, i) => Task.Run(() => EmitAsync(x, i, from, count, perSecond))));
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }
    }

    /// <summary>So many runners from nothing, and the list of them once more without a change.</summary>
    public static async Task<IReadOnlyList<Figure>> ListAsync(int runners)
    {
        const int RelistSeconds = 20;
        await using var server = await SourceServer.StartAsync(runners);
        await using var hub = await SourceHub.StartNewAsync();
        var (before, most) = (hub.Usage.ResidentKiB, 0L);
        var took = await hub.AddAsync("east", server.Address, RelistSeconds, () => most = Math.Max(most, hub.Usage.ResidentKiB));
        var head = await hub.HeadAsync();

        // Between the ends of two lists, of which the second one finds nothing new; the time between them is idle.
        await NextListAsync();
        var cpu = hub.Usage.CpuSeconds;
        await NextListAsync();
        var spent = hub.Usage.CpuSeconds - cpu;
        var after = await hub.HeadAsync();
        return
        [
            new Figure($"{runners:N0} runners from nothing", took.TotalSeconds, 60, "s"),
            new Figure("  more memory meanwhile", (Math.Max(most, hub.Usage.ResidentKiB) - before) / 1024.0, 200, "MB"),
            new Figure($"a list of {runners:N0} without a change, CPU", spent, 3, "s"),
            new Figure("  writes to the log", head == after ? 0 : 1, 0, ""),
        ];

        async Task NextListAsync()
        {
            var last = (await hub.StatusAsync("east")).GetProperty("last_list_at").GetString();
            var since = Stopwatch.GetTimestamp();
            while ((await hub.StatusAsync("east")).GetProperty("last_list_at").GetString() == last)
            {
                if (Stopwatch.GetElapsedTime(since) > RelistPatience) throw new TimeoutException("it was not listed again");
                await Task.Delay(500);
            }
        }
    }

    private static async Task EmitAsync(SourceServer server, int writer, int from, int count, int perSecond)
    {
        var since = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(since);
            if (due > TimeSpan.FromMilliseconds(1)) await Task.Delay(due);
            await server.ChangeAsync(writer, from + i);
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var since = Stopwatch.GetTimestamp(); !holds();)
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(3)) throw new TimeoutException("not all events came");
            await Task.Delay(20);
        }
    }

    // Of two ascending lists, the second of which is part of the first.
    private static List<double> Without(IReadOnlyList<double> all, IReadOnlyList<double> first)
    {
        var left = all.ToList();
        foreach (var value in first) left.RemoveAt(left.BinarySearch(value));
        return left;
    }

    private static double Median(List<double> ascending) => ascending[ascending.Count / 2];
}
