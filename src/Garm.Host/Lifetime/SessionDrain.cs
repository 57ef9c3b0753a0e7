using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Sessions;
using Garm.Host.Logs;

namespace Garm.Host.Lifetime;

/// <summary>
/// Drains the event sessions when the hub stops, before the server closes the connections: each sends its queue and a close frame, within
/// a limit.
/// </summary>
internal sealed class SessionDrain(
    IRequiredActor<SessionManagerActor> sessions, IHostApplicationLifetime lifetime, ILogger<SessionDrain> logger)
    : IHostedLifecycleService
{
    /// <summary>How long a stop waits for the sessions: twice the time over which closing them is spread.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // After a failed start there are no sessions, and perhaps no actors.
        if (!lifetime.ApplicationStarted.IsCancellationRequested) return;
        try
        {
            var manager = await sessions.GetAsync(cancellationToken);
            await manager.Ask<SessionsDrained>(new DrainSessions(), Patience, cancellationToken);
        }
        catch (Exception e) when (e is AskTimeoutException or OperationCanceledException)
        {
            logger.LogWarning(HostLogEvents.Stopping, "Some sessions did not end within {Seconds} s", Patience.TotalSeconds);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
