using System.Diagnostics.Metrics;

namespace Garm.Host.Telemetry;

/// <summary>
/// The host's metrics. <c>docs/metrics.md</c> lists the instruments; a test compares the two. The values of tags are bounded.
/// </summary>
internal static class HostTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Garm.Host";

    private static readonly Meter Meter = new(Name);

    // GARM's counter has no "_total", which the exporter adds to counters, so this is a gauge that only goes up.
    private static readonly UpDownCounter<long> Webhooks = Meter.CreateUpDownCounter<long>(
        "garm.webhook.received", "{delivery}", "Webhook deliveries by their outcome; only goes up.");

    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "garm.connections.dropped", "{connection}", "Connections that were closed before they sent a request.");

    /// <summary>A delivery was answered.</summary>
    /// <param name="isValid">Whether it was accepted.</param>
    /// <param name="reason">Why it was not; empty when it was.</param>
    public static void WebhookReceived(bool isValid, string reason) =>
        Webhooks.Add(1, new("valid", isValid ? "true" : "false"), new("reason", reason));

    /// <summary>A connection was closed before it sent a request.</summary>
    /// <param name="reason"><c>silent</c> or <c>crowded</c>.</param>
    public static void ConnectionDropped(string reason) => Dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
