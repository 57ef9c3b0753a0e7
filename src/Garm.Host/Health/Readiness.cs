using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Data.Secrets;
using Garm.Log;

namespace Garm.Host.Health;

/// <summary>
/// Whether this node is ready: database reachable, secrets readable, writes work, cluster member up, relay running, not stopping.
/// </summary>
internal sealed class Readiness(
    IChangeLogReader log, SecretKeys secrets, WriteReadiness writes, ClusterStatus cluster, IRequiredActor<ChangeRelayActor> relay, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Why the node is not ready; null when it is.</summary>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellation)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) return "stopping";
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Patience);
        try
        {
            await log.ReadHeadAsync(timeout.Token);
            if (await secrets.FindObstacleAsync(timeout.Token) is { } unfit) return unfit;
            if (await writes.FindObstacleAsync(timeout.Token) is { } unwritable) return unwritable;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or OperationCanceledException or InvalidOperationException)
        {
            return "the database does not answer";
        }

        if (!cluster.IsUp) return "the cluster member is not up";
        return await IsRelayRunningAsync(timeout.Token) ? null : "the change relay is not running";
    }

    private async Task<bool> IsRelayRunningAsync(CancellationToken cancellation)
    {
        try
        {
            var actor = await relay.GetAsync(cancellation);
            return (await actor.Ask<RelayState>(GetRelayState.Instance, Patience, cancellation)).Running;
        }
        catch (Exception e) when (e is AskTimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
