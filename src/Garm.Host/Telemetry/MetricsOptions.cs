namespace Garm.Host.Telemetry;

/// <summary><c>Garm:Metrics</c>, and whether traces are exported.</summary>
internal sealed record MetricsOptions
{
    /// <summary>Whether <c>/metrics</c> answers without a token. Default true; GARM's default is false.</summary>
    public bool DisableAuth { get; init; } = true;

    /// <summary>Whether a receiver of traces is configured (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> or <c>…_TRACES_ENDPOINT</c>).</summary>
    public bool ExportsTraces { get; init; }
}
