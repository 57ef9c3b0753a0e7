namespace Garm.Host.Telemetry;

/// <summary><c>Garm:Metrics</c> and where traces go.</summary>
internal sealed record MetricsOptions
{
    /// <summary>Whether <c>/metrics</c> answers without a token. Default true; GARM's is false.</summary>
    public bool DisableAuth { get; init; } = true;

    /// <summary>Whether a receiver of traces is configured (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> or its twin for traces).</summary>
    public bool ExportsTraces { get; init; }
}
