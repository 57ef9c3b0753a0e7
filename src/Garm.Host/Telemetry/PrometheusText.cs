using System.Globalization;
using System.Text;

namespace Garm.Host.Telemetry;

/// <summary>Puts gauges together in Prometheus' text format 0.0.4.</summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a gauge; its samples follow.</summary>
    public MetricSamples Begin(MetricNote metric)
    {
        _text.Append("# HELP ").Append(metric.Name).Append(' ').Append(metric.Help).Append('\n');
        _text.Append("# TYPE ").Append(metric.Name).Append(" gauge\n");
        return new MetricSamples(_text, metric);
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();
}

/// <summary>A gauge's name, description and labels.</summary>
internal sealed record MetricNote(string Name, string Help, params string[] Labels);

/// <summary>Where a metric's samples are written.</summary>
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
