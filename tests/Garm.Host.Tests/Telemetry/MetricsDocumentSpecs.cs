using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Garm.Actors.Telemetry;
using Garm.Data.Telemetry;
using Garm.Host.Telemetry;
using Xunit;

namespace Garm.Host.Tests.Telemetry;

/// <summary>Operators rely on <c>docs/metrics.md</c> and the Grafana board, so they must equal the code's list.</summary>
public sealed partial class MetricsDocumentSpecs
{
    [Fact]
    public void TheDocument_ListsEveryInstrument_AndNoOther() =>
        Assert.Equal(Instruments().Select(x => (Exported(x), x.Name)).Order(), Rows().Order());

    /// <summary>The page's second table.</summary>
    [Fact]
    public void TheDocument_ListsEveryMetricOfGarms_WithItsLabels_AndNoOther() => Assert.Equal(
        GarmMetrics.All.Select(x => (x.Name, "gauge", string.Join(", ", x.Labels.Select(label => $"`{label}`")))).Order(),
        Cells(6).Select(x => (x[1].Trim(' ', '`'), x[2].Trim(), x[3].Trim())).Order());

    [Fact]
    public void TheBoard_NamesOnlyWhatIsExported_AndEveryMetric()
    {
        var board = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "grafana-dashboard.json"));

        var named = Metric().Matches(board).Select(x => x.Value.Replace("_bucket", "", StringComparison.Ordinal)).ToHashSet();

        Assert.Equal(Instruments().Select(Exported).Order(), named.Order());
    }

    /// <summary>The name that the exporter gives; <see cref="MetricsEndpointSpecs"/> checks that.</summary>
    internal static string Exported(Instrument instrument) =>
        instrument.Name.Replace('.', '_')
        + (instrument.Unit == "s" ? "_seconds" : "")
        + (instrument is Counter<long> ? "_total" : "");

    internal static List<Instrument> Instruments()
    {
        List<Instrument> instruments = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name is ChangeLogTelemetry.Name or GarmTelemetry.Name or HostTelemetry.Name) instruments.Add(instrument);
        };
        RuntimeHelpers.RunClassConstructor(typeof(ChangeLogTelemetry).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(GarmTelemetry).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(HostTelemetry).TypeHandle);
        listener.Start();
        return instruments;
    }

    private static IEnumerable<(string Exported, string Instrument)> Rows() =>
        Cells(7).Select(x => (x[1].Trim(' ', '`'), x[2].Trim(' ', '`')));

    /// <summary>The rows of the table with this number of cells, including the empty ones at both ends.</summary>
    private static IEnumerable<string[]> Cells(int count) =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "metrics.md"))
            .Where(x => x.StartsWith("| `", StringComparison.Ordinal))
            .Select(x => x.Split('|'))
            .Where(x => x.Length == count);

    [GeneratedRegex(@"\bgarm_[a-z_]+")]
    private static partial Regex Metric();
}
