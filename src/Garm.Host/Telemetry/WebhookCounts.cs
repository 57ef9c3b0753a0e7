using System.Collections.Concurrent;
using Garm.Data;

namespace Garm.Host.Telemetry;

/// <summary>Counts the webhooks that this node received, with GARM's labels.</summary>
internal sealed class WebhookCounts
{
    private const string OwnerUnknown = "owner_unknown";
    private const string SignatureInvalid = "signature_invalid";
    private const string Unknown = "unknown";

    private readonly ConcurrentDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private long _valid;

    /// <summary>A webhook was taken.</summary>
    public void Taken() => Interlocked.Increment(ref _valid);

    /// <summary>A webhook was of no entity of the hub's.</summary>
    public void Ignored() => Count(OwnerUnknown);

    /// <summary>A webhook was refused, or failed.</summary>
    public void Refused(Exception why) => Count(why switch
    {
        GarmException { Kind: RefusalKind.NotFound } => OwnerUnknown,
        GarmException when why.Message.Contains("signature", StringComparison.Ordinal) => SignatureInvalid,
        _ => Unknown,
    });

    /// <summary>Writes the counter; from the start, so that the first increase is seen.</summary>
    public void Write(PrometheusText text)
    {
        var samples = text.Begin(GarmMetrics.WebhooksReceived);
        samples.Add(Interlocked.Read(ref _valid), "true", "");
        foreach (var reason in new[] { OwnerUnknown, SignatureInvalid, Unknown })
            samples.Add(_refused.GetValueOrDefault(reason), "false", reason);
    }

    private void Count(string reason) => _refused.AddOrUpdate(reason, 1, static (_, count) => count + 1);
}
