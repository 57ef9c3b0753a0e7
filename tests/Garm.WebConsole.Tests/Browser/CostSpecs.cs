using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Garm.WebConsole.Tests.Hub;
using Xunit.Abstractions;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>
/// Measures what a page costs, when the environment asks for it: the node's memory for each tab, and how busy a browser's main thread is
/// while a large fleet changes. The numbers are those of the machine; nothing is judged.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed partial class CostSpecs(ChromiumFixture chromium, ITestOutputHelper output)
{
    private const int FirstTabs = 10;
    private const int Tabs = 30;
    private const int Writers = 4;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);

    [BrowserFact]
    public async Task AFleet_OfThousands_CostsAPageSoMuch()
    {
        Skip.IfNot(Environment.GetEnvironmentVariable("GARM_MEASURE") == "1", "GARM_MEASURE is not 1");
        var runners = Number("GARM_MEASURE_RUNNERS", 5_000);
        await using var hub = await ConsoleHub.StartAsync();
        await FillAsync(hub, runners);

        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl);
        await page.SeesAsync("arm-builders");
        var pages = new List<ConsolePage>();
        await OpenAsync(FirstTabs); // The first ones compile.
        var before = await MemoryAsync(hub);
        await OpenAsync(Tabs);
        var after = await MemoryAsync(hub);
        output.WriteLine($"{runners} runners: {(after - before) / Tabs / 1024} KiB a tab of Fleet ({before / 1024 / 1024} MiB before, {after / 1024 / 1024} after {Tabs})");
        foreach (var other in pages) await other.DisposeAsync();

        async Task OpenAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                pages.Add(await chromium.LogInAsync(hub.Host.BaseUrl));
                await pages[^1].SeesAsync("arm-builders");
            }
        }

        foreach (var (path, heading) in ((string, string)[])[("", "Fleet"), ("live", "Live")])
        {
            await page.GoAsync(path, heading);
            await page.SeesAsync(path.Length == 0 ? "arm-builders" : "Nothing yet");
            await using var meter = await PageMeter.OpenAsync(page);
            using var end = new CancellationTokenSource(Measured);
            var former = await meter.ReadAsync();
            var written = await WriteAsync(hub, runners, double.MaxValue, end.Token);
            var now = await meter.ReadAsync();
            output.WriteLine(
                $"{heading}: {written / Measured.TotalSeconds:0} events/s, main thread {(now.Busy - former.Busy) / Measured.TotalSeconds:P0} busy, heap {former.HeapMiB:0.0} to {now.HeapMiB:0.0} MiB");
        }
    }

    /// <summary>Holds pages open for <c>GARM_MEASURE_MINUTES</c> while 500 events come each second, and writes a line each minute.</summary>
    [BrowserFact]
    public async Task APage_HeldOpen_TakesSoMuchMemory()
    {
        var minutes = Number("GARM_MEASURE_MINUTES", 0);
        Skip.If(minutes == 0, "GARM_MEASURE_MINUTES is not given");
        const double EventsPerSecond = 500;
        var runners = Number("GARM_MEASURE_RUNNERS", 5_000);
        await using var hub = await ConsoleHub.StartAsync();
        await FillAsync(hub, runners);
        await using var fleet = await chromium.LogInAsync(hub.Host.BaseUrl);
        await fleet.SeesAsync("arm-builders");
        await using var live = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/live");
        await live.SeesAsync("Nothing yet");
        await using var fleetMeter = await PageMeter.OpenAsync(fleet);
        await using var liveMeter = await PageMeter.OpenAsync(live);
        for (var minute = 1; minute <= minutes; minute++)
        {
            var (fleetBefore, liveBefore) = (await fleetMeter.ReadAsync(), await liveMeter.ReadAsync());
            using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var written = await WriteAsync(hub, runners, EventsPerSecond, end.Token);
            var (fleetNow, liveNow) = (await fleetMeter.ReadAsync(), await liveMeter.ReadAsync());
            output.WriteLine(
                $"minute {minute}: {written / 60} events/s; Fleet {Text(fleetBefore, fleetNow)}; Live {Text(liveBefore, liveNow)}; node {await MemoryAsync(hub) / 1048576} MiB");
        }

        static string Text(PageMeter.Reading before, PageMeter.Reading now) =>
            $"{(now.Busy - before.Busy) / 60:P0} busy, heap {now.HeapMiB:0.0} MiB, {now.Nodes} nodes, {now.Listeners} listeners";
    }

    private static int Number(string variable, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? otherwise.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static async Task FillAsync(ConsoleHub hub, int runners)
    {
        await hub.Fleet.SendAsync("PUT", $"/pools/{hub.Fleet.PoolId}", new { max_runners = runners + 100 });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = writer; i < runners; i += Writers) await hub.Fleet.PostAsync($"/pools/{hub.Fleet.PoolId}/instances", new { name = $"load-{i}" });
        }));
    }

    /// <summary>Updates runners, at most so many a second, until <paramref name="end"/>; how many it did.</summary>
    private static async Task<int> WriteAsync(ConsoleHub hub, int runners, double perSecond, CancellationToken end)
    {
        var (written, began) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            while (!end.IsCancellationRequested)
            {
                var i = Interlocked.Increment(ref written);
                await hub.Fleet.SendAsync("PUT", $"/instances/load-{i % runners}", new { os_name = $"o{i}" });
                var early = i / perSecond - Stopwatch.GetElapsedTime(began).TotalSeconds;
                if (early > 0) await Task.Delay(TimeSpan.FromSeconds(early), CancellationToken.None);
            }
        }));
        return written;
    }

    private static async Task<long> MemoryAsync(ConsoleHub hub)
    {
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await hub.Fleet.SendAsync("GET", "/metrics-token", null)).GetProperty("token").GetString());
        var text = await http.GetStringAsync("/metrics");
        return (long)double.Parse(WorkingSet().Match(text).Groups["value"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^dotnet_process_memory_working_set_bytes\S* (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex WorkingSet();
}
