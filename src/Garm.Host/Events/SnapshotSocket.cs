using System.Net.WebSockets;
using Garm.Contracts.Json;
using Garm.Data.Fleet;
using Garm.Host.Authentication;
using Garm.Host.Http;
using Garm.Host.WebSockets;

namespace Garm.Host.Events;

/// <summary>
/// <c>GET /api/v1/ws/metrics</c>: the fleet's snapshot at once and then every five seconds, for dashboards such as
/// <c>garm-cli top</c>. Each snapshot authenticates the caller again, so an expired token or a user who is no longer an administrator
/// gets no more.
/// </summary>
internal sealed class SnapshotSocket(
    CallerAuthentication authentication, IServiceScopeFactory scopes, OriginPolicy origins, PushSockets sockets, TimeProvider time)
{
    private const int MaxSockets = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private int _open;

    /// <summary>Answers the request; the task ends with the connection.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var handshake = WebSocketHandshake.Decide(context, origins);
        if (!handshake.IsAccepted)
        {
            await WebSocketHandshake.RefuseAsync(context.Response, handshake.Status);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _open) > MaxSockets)
                await ApiError.TooManySnapshotSockets.WriteAsync(context);
            else
                await sockets.RunAsync(context, handshake, WebSocket.DefaultKeepAliveInterval, (socket, end) => PushAsync(context, socket, end));
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task PushAsync(HttpContext context, PushSocket socket, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            if (await authentication.AuthenticateAsync(context) is not { Access.IsAdmin: true }) return;
            await using var scope = scopes.CreateAsyncScope();
            var snapshot = await scope.ServiceProvider.GetRequiredService<FleetSnapshotStore>().ReadAsync(end);
            await socket.SendAsync(GarmJson.ToUtf8(snapshot));
        }
        while (await timer.WaitForNextTickAsync(end));
    }
}
