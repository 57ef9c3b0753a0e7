using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>Reads what a page takes of its browser.</summary>
internal sealed class PageMeter : IAsyncDisposable
{
    private readonly ICDPSession _session;

    private PageMeter(ICDPSession session) => _session = session;

    public static async Task<PageMeter> OpenAsync(ConsolePage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page.Page);
        await session.SendAsync("Performance.enable");
        return new PageMeter(session);
    }

    /// <summary>The figures now, after a collection of garbage.</summary>
    public async Task<Reading> ReadAsync()
    {
        await _session.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await _session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(x => x.GetProperty("name").GetString()!, x => x.GetProperty("value").GetDouble());
        return new Reading(metrics["TaskDuration"], metrics["JSHeapUsedSize"] / 1048576, (int)metrics["Nodes"], (int)metrics["JSEventListeners"]);
    }

    public async ValueTask DisposeAsync() => await _session.DetachAsync();

    /// <param name="Busy">Seconds that the main thread has worked since the page began.</param>
    /// <param name="HeapMiB">Objects of scripts, in MiB.</param>
    /// <param name="Nodes">Nodes of documents, also those that are no longer shown.</param>
    /// <param name="Listeners">Listeners for events.</param>
    internal sealed record Reading(double Busy, double HeapMiB, int Nodes, int Listeners);
}
