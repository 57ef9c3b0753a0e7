using System.Text;
using Garm.Host.Logs;

namespace Garm.Host.Telemetry;

/// <summary>
/// Adds GARM's gauges to what the exporter answers. The exporter bounds the series of a metric, adds a label of its own and keeps
/// showing what is gone, so that these are written here.
/// </summary>
internal sealed class GarmMetricsAnswer(
    IServiceScopeFactory scopes, FleetMetricsLease turn, ILogger<GarmMetricsAnswer> logger)
{
    /// <summary>A scrape waits no longer for the database: Prometheus gives up after 10 s, and the node's own metrics with it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // The other format that scrapers ask for has rules of its own for names. GARM answers in this one too.
        context.Request.Headers.Accept = default;
        var body = context.Response.Body;
        using var own = new MemoryStream();
        context.Response.Body = own;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        var fleet = context.Response.StatusCode == StatusCodes.Status200OK ? await ReadAsync(context) : null;
        context.Response.ContentLength = null;
        await body.WriteAsync(own.GetBuffer().AsMemory(0, (int)own.Length), context.RequestAborted);
        if (fleet is not null) await fleet.WriteToAsync(body, context.RequestAborted);
    }

    /// <summary>Read as a whole before the first byte is written: half a fleet would look like a smaller one.</summary>
    private async Task<PrometheusText?> ReadAsync(HttpContext context)
    {
        var text = new PrometheusText();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Patience);
        try
        {
            if (!await turn.IsMineAsync(limit.Token)) return null;
            await using var scope = scopes.CreateAsyncScope();
            await new FleetMetrics(scope.ServiceProvider).WriteAsync(text, limit.Token);
            return text;
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Without garm_health, which an alert can be made of, and with what the node says of itself.
            logger.LogWarning(HostLogEvents.FleetUnread, "The fleet is not in this answer of /metrics: {Error}", e.Message);
            return null;
        }
    }
}
