using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Garm.Host.WebSockets;

/// <summary>Replaces limits that Kestrel has for requests and lacks for upgraded connections.</summary>
internal static class ConnectionGuard
{
    /// <summary>
    /// Turns off the server's limits on the time and rate of a request: an event socket may be silent for any time, and the pump has its own
    /// limits.
    /// </summary>
    public static void LiftRequestLimits(HttpContext context)
    {
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } request) request.MinDataRate = null;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } response) response.MinDataRate = null;
    }

    /// <summary>
    /// After the handler has returned, the server sends the rest of its buffers without a timeout, which never ends for a client that does
    /// not read. This aborts the connection when it is still open after <paramref name="limit"/>.
    /// </summary>
    public static void AbortIfStillOpen(HttpContext context, TimeSpan limit, TimeProvider time)
    {
        if (context.Features.Get<IConnectionLifetimeFeature>() is { } connection) _ = AbortAsync(connection, limit, time);
    }

    private static async Task AbortAsync(IConnectionLifetimeFeature connection, TimeSpan limit, TimeProvider time)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = connection.ConnectionClosed.UnsafeRegister(
            static state => ((TaskCompletionSource)state!).TrySetResult(), closed);
        try
        {
            await closed.Task.WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            connection.Abort();
        }
    }
}
