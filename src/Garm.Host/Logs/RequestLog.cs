using System.Diagnostics;

namespace Garm.Host.Logs;

/// <summary>Tells of each request at <c>Debug</c>: its method, its path without the query, the status and the time.</summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public Task InvokeAsync(HttpContext context) => logger.IsEnabled(LogLevel.Debug) ? ToldAsync(context) : next(context);

    private async Task ToldAsync(HttpContext context)
    {
        var begin = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            logger.LogDebug(
                HostLogEvents.RequestDone, "{Method} {Path} was answered with {Status} after {Milliseconds:F1} ms",
                context.Request.Method, context.Request.Path, context.Response.StatusCode, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
    }
}
