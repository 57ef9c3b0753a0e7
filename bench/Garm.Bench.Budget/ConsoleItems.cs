namespace Garm.Bench.Budget;

/// <summary>The items about the console: what open pages take from the event sockets.</summary>
internal sealed class ConsoleItems(int runs, Verdicts verdicts)
{
    private const int Tabs = 100;
    private const int Runners = 1_000;
    private const string Everything = """{"send-everything":true}""";

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    public IReadOnlyDictionary<string, Func<Task>> All => new Dictionary<string, Func<Task>>
    {
        ["15"] = () => TabsAsync("15", "Fleet", ""),
        ["15l"] = () => TabsAsync("15l", "Live", "live"),
    };

    private async Task TabsAsync(string item, string name, string page)
    {
        await using var hub = new Hub();
        await hub.StartAsync();
        await hub.AddInstancesAsync(Runners);
        await Load.RunAsync($"{item} warm-up", hub, Everything, true, "--conns", "200", "--events", "3000");
        await using (var first = await ConsoleTab.OpenAsync(hub.Address, hub.Token, page)) await LiveAsync($"{item} warm-up with a tab", hub);

        List<Result> without = [], with = [];
        List<double> memory = [];
        for (var i = 0; i < runs; i++)
        {
            without.Add(await LiveAsync($"{item} without tabs", hub));
            var before = ServerMemory.Now(hub.Pid);
            var tabs = new List<ConsoleTab>();
            for (var tab = 0; tab < Tabs; tab++) tabs.Add(await ConsoleTab.OpenAsync(hub.Address, hub.Token, page));
            await Task.Delay(Settled); // Opening them is not what is measured.
            memory.Add((ServerMemory.Now(hub.Pid) - before) / Tabs);
            var (renderings, bytes) = (tabs.Sum(x => x.Renderings), tabs.Sum(x => x.Bytes));
            with.Add(await LiveAsync($"{item} with {Tabs} tabs of {name}", hub));
            Console.WriteLine($$"""{"run":"{{item}} renderings","tabs":{{Tabs}},"renderings":{{tabs.Sum(x => x.Renderings) - renderings}},"bytes":{{tabs.Sum(x => x.Bytes) - bytes}}}""");
            foreach (var tab in tabs) await tab.DisposeAsync();
        }

        verdicts.Flawless(item, with);
        verdicts.AtMost(item, $"p99 ms, 100/s to 200, with {Tabs} tabs of {name}", with.Median("lat_ms.p99"), without.Median("lat_ms.p99"), 1.3);
        verdicts.Tell(item, "CPU s for 1,000 events with them", with.Median("server_cpu_s"));
        verdicts.Tell(item, "CPU s for 1,000 events without", without.Median("server_cpu_s"));
        verdicts.Within(item, $"MB a tab of {name}, {Tabs} opened at once the first time", memory[0], 1);
    }

    private static Task<Result> LiveAsync(string name, Server hub) =>
        Load.RunAsync(name, hub, Everything, true, "--conns", "200", "--events", "1000", "--rate", "100");
}
