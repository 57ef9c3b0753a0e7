using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Garm.Host.WebSockets;

/// <summary>What the server under us does with an upgraded connection by itself, and what it does not.</summary>
internal static class ConnectionGuard
{
    /// <summary>
    /// Turns off the server's own limits on time and rate, which are made for requests: an event socket may be silent for
    /// as long as it likes, and the pump has limits of its own.
    /// </summary>
    public static void LiftRequestLimits(HttpContext context)
    {
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } request) request.MinDataRate = null;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } response) response.MinDataRate = null;
    }

    /// <summary>
    /// After the handler has returned, the server sends what is left in its buffers before it closes, for as long as that
    /// takes: for ever, if the client reads no more. So the connection is ended when it is still there after a while.
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
