using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Garm.Actors.Telemetry;
using Garm.Data.Telemetry;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Xunit;

namespace Garm.Host.Tests.Telemetry;

/// <summary><c>/metrics</c> of a running hub, as Prometheus reads it.</summary>
public sealed partial class MetricsEndpointSpecs : InitialisedHub
{
    protected override bool NeedsProcess => true;

    [Fact]
    public async Task AScrape_WithoutAToken_ShowsWhatHasHappened()
    {
        await using var socket = await Admin.WatchEverythingAsync();
        Assert.Equal(200, (await Admin.SendAsync("POST", "/api/v1/proxies", new { name = "p", http_proxy = "http://p.example.com" })).Status);
        await socket.EventsAsync(1);
        using var nobody = new HubClient(Host.BaseUrl, null);

        var scrape = "";
        await Retry.UntilAsync("the event's way is told", async () =>
        {
            var answer = await nobody.SendAsync("GET", "/metrics");
            Assert.Equal(200, answer.Status);
            scrape = answer.Text;
            return ValueOf(scrape, "garm_events_commit_to_send_seconds_count") == 1;
        }, TimeSpan.FromSeconds(30));

        Assert.Equal(1, ValueOf(scrape, "garm_sessions_open"));
        Assert.Equal(1, ValueOf(scrape, "garm_events_delivered_total"));
        Assert.Equal(1, ValueOf(scrape, "garm_log_committed_total", "entity_type=\"proxy\"", "operation=\"create\""));
        Assert.True(ValueOf(scrape, "garm_log_head") > 0);
        Assert.Equal(ValueOf(scrape, "garm_log_head"), ValueOf(scrape, "garm_relay_position"));
        Assert.True(ValueOf(scrape, "garm_events_relayed_total") >= 1);
        Assert.True(ValueOf(scrape, "garm_log_head_wait_seconds_count") >= 1);
        Assert.True(ValueOf(scrape, "garm_log_turn_wait_seconds_count") >= 1);
        Assert.True(ValueOf(scrape, "garm_log_reads_total", "kind=\"head\"") >= 1);
        Assert.NotNull(ValueOf(scrape, "garm_log_readers"));
        Assert.Contains("http_server_request_duration_seconds", scrape, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", scrape, StringComparison.Ordinal);
    }

    /// <summary>A dashboard shows a gauge before its first change.</summary>
    [Fact]
    public async Task EveryGauge_IsThereFromTheStart()
    {
        var gauges = MetricsDocumentSpecs.Instruments()
            .Where(x => x.Meter.Name is ChangeLogTelemetry.Name or GarmTelemetry.Name)
            .Where(x => x.GetType().GetGenericTypeDefinition() is var type && (type == typeof(UpDownCounter<>) || type == typeof(Gauge<>)))
            .Select(MetricsDocumentSpecs.Exported).ToList();
        Assert.True(gauges.Count >= 5);

        var scrape = (await Admin.SendAsync("GET", "/metrics")).Text;

        Assert.All(gauges, x => Assert.True(ValueOf(scrape, x) is not null, x));
    }

    [Fact]
    public async Task AnEnd_IsCounted_ByItsReason()
    {
        await using (var socket = await Admin.OpenSocketAsync())
        {
            await socket.SendTextAsync("no filter");
            await socket.UntilEndAsync();
        }

        await Retry.UntilAsync("the end is counted", async () =>
            ValueOf((await Admin.SendAsync("GET", "/metrics")).Text, "garm_sessions_closed_total", "reason=\"BadMessage\"") == 1, TimeSpan.FromSeconds(30));
    }

    /// <summary>The value of the metric's line with these tags; null when there is none.</summary>
    internal static double? ValueOf(string scrape, string metric, params string[] tags) => scrape.Split('\n')
        .Select(x => Line().Match(x))
        .Where(x => x.Success && x.Groups["name"].Value == metric && tags.All(tag => x.Groups["tags"].Value.Contains(tag, StringComparison.Ordinal)))
        .Select(x => (double?)double.Parse(x.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture))
        .FirstOrDefault();

    [GeneratedRegex(@"^(?<name>[a-z_]+)(\{(?<tags>.*)\})? (?<value>\S+)")]
    private static partial Regex Line();
}
