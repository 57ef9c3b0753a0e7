using System.Diagnostics.Metrics;

namespace Garm.Host.Telemetry;

/// <summary>
/// What the host tells of itself. <c>docs/metrics.md</c> lists the instruments for people; a test compares the two. Tags are
/// bounded.
/// </summary>
internal static class HostTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Garm.Host";

    private static readonly Meter Meter = new(Name);

    // GARM's counter has no "_total", which the exporter would give to a counter of ours; so it is one that only goes up.
    private static readonly UpDownCounter<long> Webhooks = Meter.CreateUpDownCounter<long>(
        "garm.webhook.received", "{delivery}", "Webhook deliveries by what became of them; only goes up.");

    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "garm.connections.dropped", "{connection}", "Connections that were ended before they sent a request.");

    /// <summary>A delivery was answered.</summary>
    /// <param name="isValid">Whether it was taken.</param>
    /// <param name="reason">Why not; empty when it was.</param>
    public static void WebhookReceived(bool isValid, string reason) =>
        Webhooks.Add(1, new("valid", isValid ? "true" : "false"), new("reason", reason));

    /// <summary>A connection was ended before it sent a request.</summary>
    /// <param name="reason"><c>silent</c> or <c>crowded</c>.</param>
    public static void ConnectionDropped(string reason) => Dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
