using System.Globalization;
using System.Text.RegularExpressions;
using Garm.WebConsole.Tests.Hub;
using Xunit.Abstractions;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>
/// Measures what a page costs, when <c>GARM_MEASURE</c> is 1: the node's memory for each tab, and how busy a browser's main thread is while
/// a large fleet changes. The numbers are those of the machine; nothing is judged.
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
        var runners = int.Parse(Environment.GetEnvironmentVariable("GARM_MEASURE_RUNNERS") ?? "5000", CultureInfo.InvariantCulture);
        await using var hub = await ConsoleHub.StartAsync();
        await hub.Fleet.SendAsync("PUT", $"/pools/{hub.Fleet.PoolId}", new { max_runners = runners + 100 });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = writer; i < runners; i += Writers) await hub.Fleet.PostAsync($"/pools/{hub.Fleet.PoolId}/instances", new { name = $"load-{i}" });
        }));

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
            await using var devtools = new AsyncDisposable(await page.Context.NewCDPSessionAsync(page.Page));
            await devtools.Session.SendAsync("Performance.enable");
            using var end = new CancellationTokenSource(Measured);
            var (busy, heap, written) = (await MetricAsync("TaskDuration"), await MetricAsync("JSHeapUsedSize"), 0);
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
            {
                for (var i = writer; !end.IsCancellationRequested; i += Writers)
                {
                    await hub.Fleet.SendAsync("PUT", $"/instances/load-{i % runners}", new { os_name = $"o{i}" });
                    Interlocked.Increment(ref written);
                }
            }));
            var share = (await MetricAsync("TaskDuration") - busy) / Measured.TotalSeconds;
            output.WriteLine(
                $"{heading}: {written / Measured.TotalSeconds:0} events/s, main thread {share:P0} busy, heap {heap / 1048576:0.0} to {await MetricAsync("JSHeapUsedSize") / 1048576:0.0} MiB");

            async Task<double> MetricAsync(string name) => (await devtools.Session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics")
                .EnumerateArray().First(x => x.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
        }
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

    private sealed record AsyncDisposable(Microsoft.Playwright.ICDPSession Session) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Session.DetachAsync();
    }
}
