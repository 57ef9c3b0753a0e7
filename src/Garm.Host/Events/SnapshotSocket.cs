using System.Net.WebSockets;
using Garm.Contracts.Json;
using Garm.Data.Fleet;
using Garm.Host.Api;
using Garm.Host.Authentication;
using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Events;

/// <summary>
/// <c>GET /api/v1/ws/metrics</c>: the fleet's snapshot at once and then every five seconds, for dashboards such as
/// <c>garm-cli top</c>. These sockets are few and slow, so that the framework's own frames will do. The caller is looked at
/// before each snapshot: who is no longer an administrator, or whose token has ended, gets no more.
/// </summary>
internal sealed class SnapshotSocket(
    CallerAuthentication authentication, IServiceScopeFactory scopes, EventsOptions options, TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    private const int MaxSockets = 100;
    private const int MaxMessage = 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly OriginPolicy _origins = new(options.AllowedOrigins);
    private int _open;

    public async Task HandleAsync(HttpContext context)
    {
        var decision = WebSocketHandshake.Decide(
            context.Request.Protocol, context.Request.Headers, context.Request.Host.Value ?? "", _origins);
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        if (!decision.IsAccepted || upgrade is not { IsUpgradableRequest: true })
        {
            await WebSocketHandshake.RefuseAsync(
                context.Response, decision.IsAccepted ? StatusCodes.Status400BadRequest : decision.Status);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _open) > MaxSockets)
            {
                await ApiError.TooManySnapshotSockets.WriteAsync(context);
                return;
            }

            ConnectionGuard.LiftRequestLimits(context);
            WebSocketHandshake.SetHeaders(context.Response.Headers, decision);
            await using var stream = await upgrade.UpgradeAsync();
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
            await ServeAsync(context, socket);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // The client is gone.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task ServeAsync(HttpContext context, WebSocket socket)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var reading = ReadAsync(socket, end);
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            do
            {
                if (await authentication.AuthenticateAsync(context) is not { Access.IsAdmin: true }) break;
                await SendAsync(socket, end.Token, context.RequestAborted);
            }
            while (await timer.WaitForNextTickAsync(end.Token));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client said goodbye, or the node stops.
        }

        await CloseAsync(socket);
        await end.CancelAsync();
        await reading;
    }

    // What is being written is written to its end: a write that is cancelled ends the connection, and a client that just said
    // goodbye would get no close frame.
    private async Task SendAsync(WebSocket socket, CancellationToken cancellation, CancellationToken connectionLost)
    {
        await using var scope = scopes.CreateAsyncScope();
        var snapshot = await scope.ServiceProvider.GetRequiredService<FleetSnapshotStore>().ReadAsync(cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(connectionLost);
        limit.CancelAfter(options.WriteTimeout);
        await socket.SendAsync(GarmJson.ToUtf8(snapshot), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }

    /// <summary>Nothing is expected of the client but its close frame; pings are answered underneath.</summary>
    private static async Task ReadAsync(WebSocket socket, CancellationTokenSource end)
    {
        var buffer = new byte[MaxMessage];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), end.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // Gone, or the socket ends from this side.
        }

        await end.CancelAsync();
    }

    private async Task CloseAsync(WebSocket socket)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using var limit = new CancellationTokenSource(options.WriteTimeout, time);
        var status = lifetime.ApplicationStopping.IsCancellationRequested
            ? WebSocketCloseStatus.EndpointUnavailable
            : WebSocketCloseStatus.NormalClosure;
        await socket.CloseOutputAsync(status, null, limit.Token);
    }
}
