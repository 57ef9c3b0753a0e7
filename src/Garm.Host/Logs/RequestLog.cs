using System.Diagnostics;

namespace Garm.Host.Logs;

/// <summary>Logs each request at <c>Debug</c>: its method, its path without the query, the status and the duration.</summary>
internal sealed class RequestLog(RequestDelegate next, ILoggerFactory loggers)
{
    /// <summary>The log category, a documented name that does not follow the namespace.</summary>
    public const string Category = "Garm.Host.RequestLog";

    private readonly ILogger _log = loggers.CreateLogger(Category);

    public Task InvokeAsync(HttpContext context) => _log.IsEnabled(LogLevel.Debug) ? ToldAsync(context) : next(context);

    private async Task ToldAsync(HttpContext context)
    {
        var begin = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            _log.LogDebug(
                HostLogEvents.RequestDone, "{Method} {Path} was answered with {Status} after {Milliseconds:F1} ms",
                context.Request.Method, context.Request.Path, context.Response.StatusCode, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
    }
}
