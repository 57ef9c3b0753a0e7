using Garm.Data;
using Garm.Data.Webhooks;
using Garm.Host.Logs;
using Garm.Host.Telemetry;

namespace Garm.Host.Webhooks;

/// <summary>
/// Records the outcome of each webhook delivery: a log line and a counter at once, and a row in the database a moment later. Anybody
/// may send a delivery, so rows are written in batches, and the queue holds at most as many as the table keeps.
/// </summary>
internal sealed class WebhookDeliveryLog(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WebhookDeliveryLog> logger)
    : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Queue<WebhookOutcome> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Records a delivery that was answered.</summary>
    /// <param name="deliveryId">The forge's id of the delivery.</param>
    /// <param name="eventName">The event's name in the delivery's header.</param>
    /// <param name="report">The outcome.</param>
    /// <param name="status">The status of the answer.</param>
    public void Tell(string deliveryId, string eventName, DeliveryReport report, int status)
    {
        var outcome = new WebhookOutcome
        {
            ReceivedAt = clock.UtcNow(),
            DeliveryId = DeliveryReport.Clean(deliveryId),
            Event = DeliveryReport.Clean(eventName),
            Action = DeliveryReport.Clean(report.Action),
            WorkflowJobId = report.WorkflowJobId,
            Entity = DeliveryReport.Clean(report.Entity),
            Outcome = status >= 300 ? WebhookOutcomeStore.Refused
                : report.Reason.Length > 0 ? WebhookOutcomeStore.Ignored : WebhookOutcomeStore.Accepted,
            Reason = report.Reason,
            Details = DeliveryReport.Clean(report.Details),
            Status = status,
        };
        HostTelemetry.WebhookReceived(outcome.Reason.Length == 0, outcome.Reason);
        if (outcome.Reason.Length > 0)
        {
            logger.LogInformation(
                HostLogEvents.WebhookNotTaken, "The webhook delivery {Delivery} ({Event} {Action} {Entity}) was {Outcome} with {Status}: {Reason}: {Details}",
                outcome.DeliveryId, outcome.Event, outcome.Action, outcome.Entity, outcome.Outcome, status, outcome.Reason, outcome.Details);
        }

        lock (_gate)
        {
            _waiting.Enqueue(outcome);
            if (_waiting.Count > WebhookOutcomeStore.Kept) _waiting.Dequeue();
        }
    }

    /// <summary>Stores the queued rows. A failure is logged, and the next run tries again.</summary>
    /// <returns>How many rows were stored.</returns>
    public async Task<int> FlushAsync(CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            List<WebhookOutcome> batch;
            lock (_gate) batch = [.. _waiting];
            if (batch.Count == 0) return 0;
            await using var scope = scopes.CreateAsyncScope();

            await scope.ServiceProvider.GetRequiredService<WebhookOutcomeStore>().KeepAsync(batch, cancellation);
            lock (_gate)
            {
                // The queue may have dropped some meanwhile.
                foreach (var stored in batch)
                {
                    if (_waiting.TryPeek(out var first) && ReferenceEquals(first, stored)) _waiting.Dequeue();
                }
            }

            return batch.Count;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning(HostLogEvents.WebhooksNotKept, e, "The outcomes of webhook deliveries could not be stored");
            return 0;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// The time until the next batch. In a burst of deliveries the table would otherwise be rewritten each second: so at most some hundred
    /// rows a second are stored, and of the others only the newest, as the table keeps no more.
    /// </summary>
    internal static TimeSpan PauseAfter(int stored)
    {
        var wanted = TimeSpan.FromMilliseconds(10 * stored);
        return wanted < Shortest ? Shortest : wanted > Longest ? Longest : wanted;
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Shortest, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) timer.Period = PauseAfter(await FlushAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; StopAsync stores what is queued.
        }
    }
}
