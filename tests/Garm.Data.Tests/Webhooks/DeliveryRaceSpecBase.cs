using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Garm.Data.Model;
using Garm.Data.Secrets;
using Garm.Data.Tests.ChangeLog;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Tests.Writes;
using Garm.Data.Webhooks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Webhooks;

/// <summary>A delivery that two nodes receive at once, or that is interrupted, has its events once.</summary>
public abstract class DeliveryRaceSpecBase(TestEngine engine) : IAsyncLifetime
{
    private const string Secret = "webhook-secret";
    private const string Runner = "runner";

    private readonly TwoNodes _nodes = new(engine);
    private long _head;

    public async Task InitializeAsync()
    {
        await _nodes.InitializeAsync();
        var pool = SampleEntities.Pool();
        await _nodes.One.SaveAsync(db =>
        {
            pool.Repository!.Endpoint = db.Endpoints.Single(x => x.Name == "github.com");
            pool.Repository.SealedWebhookSecret = TestDatabase.Sealer.Seal(Secret, SecretPurposes.WebhookSecret);
            db.Add(pool);
            db.Add(new Instance { Id = Guid.NewGuid(), Name = Runner, Pool = pool, Status = InstanceStatuses.Running, RunnerStatus = RunnerStatuses.Idle });
        });
        _head = await _nodes.One.ReadAsync(db => db.ChangeLogHeads.Select(x => x.NextPosition).SingleAsync());
    }

    public Task DisposeAsync() => _nodes.DisposeAsync();

    [SkippableFact]
    public async Task ADeliveryThatTwoNodesTakeAtOnce_IsToldOfOnce()
    {
        await TakeTwiceAtOnceAsync("in_progress", "d-1");
        Assert.Equal(["job create", "instance update"], await KindsAsync());

        await TakeTwiceAtOnceAsync("completed", "d-2");
        Assert.Equal(
            ["job create", "instance update", "job update", "instance update", "instance update"], await KindsAsync());
    }

    [SkippableFact]
    public async Task ADeliveryThatWasCutShort_GoesOnWhereItWas()
    {
        // Interrupted between the commit that records the job's end and the one that marks the runner.
        using var stop = new CancellationTokenSource();
        _nodes.BeforeOneWrites(() =>
        {
            _nodes.BeforeOneWrites(stop.CancelAsync);
            return Task.CompletedTask;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _nodes.One.UseAsync<WebhookStore>(x => x.TakeAsync(Delivery("completed", "d-1"), stop.Token)));
        Assert.Equal(["job create", "instance update"], await KindsAsync());

        foreach (var _ in "12") await _nodes.OnOtherAsync<WebhookStore>(x => x.TakeAsync(Delivery("completed", "d-1"), default));

        Assert.Equal(["job create", "instance update", "instance update"], await KindsAsync());
        Assert.Equal(InstanceStatuses.PendingDelete, (await RunnerAsync()).Status);
    }

    [SkippableFact]
    public async Task ADeliveryThatWasDone_TakesNoRunnerBack()
    {
        await _nodes.One.UseAsync<WebhookStore>(x => x.TakeAsync(Delivery("in_progress", "d-1"), default));
        await _nodes.One.SaveAsync(db => db.Instances.Single().JobId = null);

        await _nodes.OnOtherAsync<WebhookStore>(x => x.TakeAsync(Delivery("in_progress", "d-1"), default));

        Assert.Null((await RunnerAsync()).JobId);
    }

    private Task TakeTwiceAtOnceAsync(string action, string id)
    {
        _nodes.MeetBeforeWriting();
        return Task.WhenAll(
            _nodes.One.UseAsync<WebhookStore>(x => x.TakeAsync(Delivery(action, id), default)),
            _nodes.OnOtherAsync<WebhookStore>(x => x.TakeAsync(Delivery(action, id), default)));
    }

    /// <summary>The log's events since the beginning, of both nodes.</summary>
    private Task<List<string>> KindsAsync() => _nodes.One.ReadAsync(db => db.ChangeLog
        .Where(x => x.Position >= _head).OrderBy(x => x.Position).Select(x => x.EntityType + " " + x.Operation).ToListAsync());

    private Task<Instance> RunnerAsync() => _nodes.One.ReadAsync(db => db.Instances.SingleAsync(x => x.Name == Runner));

    private WorkflowJobDelivery Delivery(string action, string id)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            action,
            workflow_job = new
            {
                id = 71,
                run_id = 8,
                html_url = "https://github.com/o/r/actions/runs/8/job/1",
                name = "build",
                labels = new[] { "linux" },
                runner_name = Runner,
            },
            repository = new { name = "r", owner = new { login = "o" } },
        });
        return new WorkflowJobDelivery
        {
            ForgeType = ForgeTypes.Github,
            HookType = "repository",
            Signature = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}",
            DeliveryId = id,
            Body = body,
        };
    }
}
