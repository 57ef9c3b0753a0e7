using System.Text;
using Garm.Host.Logs;

namespace Garm.Host.Telemetry;

/// <summary>
/// Appends GARM's gauges to the exporter's answer. The exporter limits the series of a metric, adds a label of its own and keeps
/// showing removed series, so these gauges are written here.
/// </summary>
internal sealed class GarmMetricsAnswer(
    IServiceScopeFactory scopes, FleetMetricsLease turn, ILogger<GarmMetricsAnswer> logger)
{
    /// <summary>The limit for reading the database: Prometheus gives up the whole scrape after 10 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // The other format that scrapers ask for has different rules for names. GARM always answers in this one.
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

    /// <summary>Reads the whole fleet before the first byte is written: a part of it would look like a smaller fleet.</summary>
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
            // garm_health is then absent, which an alert can detect, and the node's own metrics are still in the answer.
            logger.LogWarning(HostLogEvents.FleetUnread, "This answer of /metrics does not contain the fleet: {Error}", e.Message);
            return null;
        }
    }
}
