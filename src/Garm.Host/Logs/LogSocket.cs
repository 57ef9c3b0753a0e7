using System.Net.WebSockets;
using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Host.Api;
using Garm.Host.Configuration;
using Garm.Host.Events;
using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Logs;

/// <summary>
/// <c>GET /api/v1/ws/logs</c>: the node's log from now on, a record a text frame, while <c>Garm:Log:Stream</c> is on. The socket ends
/// with its token and with its user's access, as event sockets do; these sockets are few, so that the framework's frames will do.
/// </summary>
internal sealed class LogSocket(
    LogStream stream, GarmSettings settings, ActorSystem actors, IRequiredActor<UserStateManagerActor> users, TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    private const int MaxMessage = 1024;

    private readonly EventsOptions _options = settings.Events.Socket;
    private readonly OriginPolicy _origins = new(settings.Events.Socket.AllowedOrigins);
    private readonly EventSessionOptions _sessions = ActorSettings.Options(settings).Sessions;

    /// <summary>Answers the request; the task ends with the connection.</summary>
    /// <param name="context">The request; nothing of its answer may have been written.</param>
    /// <param name="grant">What the request's token grants.</param>
    public async Task HandleAsync(HttpContext context, SessionGrant grant)
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

        using var follower = stream.TryFollow();
        if (follower is null)
        {
            await ApiError.TooManyLogSockets.WriteAsync(context);
            return;
        }

        try
        {
            ConnectionGuard.LiftRequestLimits(context);
            WebSocketHandshake.SetHeaders(context.Response.Headers, decision);
            await using var connection = await upgrade.UpgradeAsync();
            using var socket = WebSocket.CreateFromStream(connection, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = _sessions.PingPeriod });
            await ServeAsync(context, socket, follower, grant);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // The client is gone.
        }
    }

    private async Task ServeAsync(HttpContext context, WebSocket socket, LogFollower follower, SessionGrant grant)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var closed = new CancellationTokenSource();
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = actors.ActorOf(UserWatchActor.Props(
            await users.GetAsync(end.Token), grant, _sessions, () => confirmed.TrySetResult(), () => ended.TrySetResult()));
        var ending = EndAsync(ended.Task, end);
        var reading = ReadAsync(socket, end, closed.Token);
        try
        {
            await confirmed.Task.WaitAsync(end.Token);
            await SendAllAsync(socket, follower, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The token or the user's access ended, the client said goodbye, or the node stops.
        }
        finally
        {
            actors.Stop(watch);
            await CloseAsync(socket);
            await closed.CancelAsync();
            await Task.WhenAll(ending, reading);
        }
    }

    private async Task SendAllAsync(WebSocket socket, LogFollower follower, CancellationToken end)
    {
        while (true)
        {
            var record = await follower.NextAsync(end);
            if (follower.TakeLeftOut() is > 0 and var count) await SendAsync(socket, LogRecord.OfLeftOut(time.GetUtcNow(), count));
            await SendAsync(socket, record);
        }
    }

    private static async Task EndAsync(Task ended, CancellationTokenSource end)
    {
        await ended;
        await end.CancelAsync();
    }

    private async Task SendAsync(WebSocket socket, byte[] record)
    {
        // Not cancelled with the socket's end, which would cut the connection in place of closing it.
        using var limit = new CancellationTokenSource(_options.WriteTimeout, time);
        await socket.SendAsync(record, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }

    /// <summary>
    /// Nothing is expected of the client but its close frame; pings are answered underneath. It is not cancelled before the close
    /// frame is sent: a read that is cancelled cuts the connection.
    /// </summary>
    private static async Task ReadAsync(WebSocket socket, CancellationTokenSource end, CancellationToken closed)
    {
        var buffer = new byte[MaxMessage];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), closed)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // Gone, or closed from this side.
        }

        await end.CancelAsync();
    }

    private async Task CloseAsync(WebSocket socket)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using var limit = new CancellationTokenSource(_options.WriteTimeout, time);
        var status = lifetime.ApplicationStopping.IsCancellationRequested
            ? WebSocketCloseStatus.EndpointUnavailable
            : WebSocketCloseStatus.NormalClosure;
        await socket.CloseOutputAsync(status, null, limit.Token);
    }
}
