using System.Globalization;
using System.Text;

namespace Garm.Host.Telemetry;

/// <summary>
/// Builds Prometheus' text format 0.0.4. Several gauges may be written at the same time; the samples of each stay together, as the
/// format requires.
/// </summary>
internal sealed class PrometheusText
{
    private readonly List<StringBuilder> _gauges = [];

    /// <summary>Begins a gauge; its samples follow.</summary>
    public MetricSamples Begin(MetricNote metric)
    {
        var text = new StringBuilder();
        text.Append("# HELP ").Append(metric.Name).Append(' ').Append(metric.Help).Append('\n');
        text.Append("# TYPE ").Append(metric.Name).Append(" gauge\n");
        _gauges.Add(text);
        return new MetricSamples(text, metric);
    }

    /// <summary>Writes all gauges, in the order in which they were begun.</summary>
    public async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true);
        foreach (var gauge in _gauges) await writer.WriteAsync(gauge, cancellation);
    }

    /// <inheritdoc />
    public override string ToString() => string.Concat(_gauges);
}

/// <summary>A gauge's name, description and labels.</summary>
internal sealed record MetricNote(string Name, string Help, params string[] Labels);

/// <summary>Receives the samples of a metric.</summary>
internal readonly struct MetricSamples(StringBuilder text, MetricNote metric)
{
    /// <summary>Adds a sample.</summary>
    /// <param name="value">The value.</param>
    /// <param name="labels">The labels' values, in the metric's order.</param>
    public void Add(double value, params ReadOnlySpan<string?> labels)
    {
        if (labels.Length != metric.Labels.Length) throw new ArgumentException($"{metric.Name} has {metric.Labels.Length} labels", nameof(labels));
        text.Append(metric.Name).Append('{');
        for (var i = 0; i < labels.Length; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(metric.Labels[i]).Append("=\"").Append(Escape(labels[i] ?? "")).Append('"');
        }

        text.Append("} ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Escape(string value) => value.AsSpan().ContainsAny('\\', '"', '\n')
        ? value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        : value;
}
