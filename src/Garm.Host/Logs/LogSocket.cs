using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Host.Http;
using Garm.Host.WebSockets;

namespace Garm.Host.Logs;

/// <summary>
/// <c>GET /api/v1/ws/logs</c>: the node's new log records, one per text frame, if <c>Garm:Log:Stream</c> is on. The
/// socket ends with its token and with its user's access, as event sockets do.
/// </summary>
internal sealed class LogSocket(
    LogStream stream, OriginPolicy origins, PushSockets sockets, EventSessionOptions sessions, ActorSystem actors,
    IRequiredActor<UserStateManagerActor> users, TimeProvider time)
{
    /// <summary>Answers the request; the task ends with the connection.</summary>
    /// <param name="context">The request; its answer may not have started.</param>
    /// <param name="grant">What the request's token grants.</param>
    public async Task HandleAsync(HttpContext context, SessionGrant grant)
    {
        var handshake = WebSocketHandshake.Decide(context, origins);
        if (!handshake.IsAccepted)
        {
            await WebSocketHandshake.RefuseAsync(context.Response, handshake.Status);
            return;
        }

        using var follower = stream.TryFollow();
        if (follower is null)
            await ApiError.TooManyLogSockets.WriteAsync(context);
        else
            await sockets.RunAsync(context, handshake, sessions.PingPeriod, (socket, end) => PushAsync(socket, follower, grant, end));
    }

    private async Task PushAsync(PushSocket socket, LogFollower follower, SessionGrant grant, CancellationToken end)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(end);
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = actors.ActorOf(UserWatchActor.Props(
            await users.GetAsync(end), grant, sessions, () => confirmed.TrySetResult(), () => ended.TrySetResult()));
        var ending = CancelAsync(over, ended.Task);
        try
        {
            await confirmed.Task.WaitAsync(over.Token);
            while (true)
            {
                var record = await follower.NextAsync(over.Token);
                if (follower.TakeLeftOut() is > 0 and var count) await socket.SendAsync(LogRecord.OfLeftOut(time.GetUtcNow(), count));
                await socket.SendAsync(record);
            }
        }
        catch (OperationCanceledException) when (ended.Task.IsCompleted && !end.IsCancellationRequested)
        {
            // The token has expired, or the user's access has ended.
        }
        finally
        {
            actors.Stop(watch); // Completes the task that is awaited next.
            await ending;
        }
    }

    private static async Task CancelAsync(CancellationTokenSource source, Task when)
    {
        await when;
        await source.CancelAsync();
    }
}
