using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Stores;
using Garm.Data.Tests.Stores;
using Garm.Data.Webhooks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Webhooks;

public sealed class WebhookStoreTests : IAsyncLifetime
{
    private readonly EntityDatabase _entities = new();

    private PoolView _pool = null!;

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        _pool = await _entities.CreatePoolAsync(
            await _entities.RepositoryIdAsync(), EntityDatabase.NewPool with { Enabled = true });
        _entities.Commits.Clear();
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [Fact]
    public async Task TheSameDelivery_Again_ChangesNothing()
    {
        await TakeAsync("queued", delivery: "d-1");
        await TakeAsync("queued", delivery: "d-1");
        await TakeAsync("queued", delivery: "d-2");

        Assert.Equal(["job create", "job update"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task TheSameDelivery_ManyTimesAtOnce_IsTakenOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeAsync("queued", delivery: "d-1")));

        Assert.Equal(["job create"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task ADeliveryThatWasRefused_MayComeAgain()
    {
        await Assert.ThrowsAsync<GarmException>(() => TakeAsync("completed", delivery: "d-1"));
        await TakeAsync("queued", delivery: "d-2");
        await TakeAsync("completed", delivery: "d-1");

        Assert.Equal(["job create", "job update"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task OldDeliveries_AreForgotten_WithNewOnes()
    {
        await _entities.Database.SaveAsync(db => db.AddRange(
            Enumerable.Range(0, 30).Select(i => new WebhookDelivery { DeliveryId = $"old-{i}", ReceivedAt = DateTime.UnixEpoch })));

        await TakeAsync("queued", delivery: "d-1");
        await TakeAsync("queued", delivery: "d-2");

        var left = await _entities.Database.ReadAsync(db => db.WebhookDeliveries.Select(x => x.DeliveryId).ToListAsync());
        Assert.Equal(["d-1", "d-2"], left.Order());
    }

    [Fact]
    public async Task ARunnerOfOurs_FollowsItsJob_AndItsDeliveriesAreTakenOnce()
    {
        await TakeAsync("queued");
        var runner = await _entities.Database.UseAsync(
            (InstanceStore store) => store.CreateInPoolAsync(_pool.Id!, new CreateInstanceRequest { JobId = 1 }, default));
        await MoveAsync(runner.Name!, "creating");
        await MoveAsync(runner.Name!, "running");
        _entities.Commits.Clear();

        foreach (var _ in "12") await TakeAsync("in_progress", runner.Name, "d-1");
        Assert.Equal(["job update", "instance update"], _entities.Commits.Kinds);
        _entities.Commits.Clear();

        foreach (var _ in "12") await TakeAsync("completed", runner.Name, "d-2");
        Assert.Equal(["job update", "instance update", "instance update"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task ARunnerThatTookAnotherJob_FreesTheOneItWasMadeFor()
    {
        await TakeAsync("queued");
        await TakeAsync("queued", job: 72);
        var runner = await _entities.Database.UseAsync(
            (InstanceStore store) => store.CreateInPoolAsync(_pool.Id!, new CreateInstanceRequest { JobId = 1 }, default));
        Assert.NotEqual(Guid.Empty, await LockOfAsync(71));

        await TakeAsync("in_progress", runner.Name, job: 72);

        Assert.Equal(Guid.Empty, await LockOfAsync(71));
    }

    [Fact]
    public async Task AJob_ShowsNothingOfARepository_ThatIsGone()
    {
        await TakeAsync("queued");
        var before = Assert.Single(await JobsAsync());
        await _entities.DeletePoolAsync(_pool.Id!);
        await _entities.DeleteAsync(before.RepoId!);

        Assert.Null(Assert.Single(await JobsAsync()).RepoId);
        Assert.DoesNotContain("job update", _entities.Commits.Kinds);
    }

    [Fact]
    public async Task JobsOfDifferentForges_WithTheSameNumber_AreDifferentJobs()
    {
        await TakeAsync("queued");
        await _entities.Database.SaveAsync(db => db.Add(new Job { ForgeUrl = "https://other.example.com", WorkflowJobId = 71 }));
        await TakeAsync("completed");

        Assert.Equal(["completed", ""], (await JobsAsync()).Select(x => x.Status ?? ""));
    }

    [Theory]
    [InlineData("completed", "in_progress", "cannot transition job from completed to in_progress")]
    [InlineData("in_progress", "queued", "cannot transition job from in_progress to queued")]
    [InlineData("queued", "waiting", "cannot transition job from queued to waiting")]
    public async Task AJob_NeverGoesBackwards(string from, string to, string refusal)
    {
        await TakeAsync("queued");
        if (from != "queued") await TakeAsync(from);

        var thrown = await Assert.ThrowsAsync<GarmException>(() => TakeAsync(to));

        Assert.Equal((RefusalKind.BadRequest, $"error handling workflow job: {refusal}"), (thrown.Kind, thrown.Message));
    }

    [Fact]
    public async Task AJobsName_IsCut_BetweenCharacters()
    {
        var name = new string('x', 1023) + "\ud83d\ude00";
        await TakeAsync("queued", name: name);

        Assert.Equal(new string('x', 1023), Assert.Single(await JobsAsync()).Name);
    }

    [Theory]
    [InlineData("{\"workflow_job\":{\"id\":\"x\"}}", "workflow_job.id has a value of the wrong type")]
    [InlineData("[]", "the body has a value of the wrong type")]
    public async Task ABody_OfTheWrongShape_IsRefused_WithThePlace(string body, string place)
    {
        var thrown = await Assert.ThrowsAsync<GarmException>(() => TakeAsync(Encoding.UTF8.GetBytes(body), null));

        Assert.Contains(place, thrown.Message, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<JobView>> JobsAsync() => _entities.Database.UseAsync((JobStore store) => store.ListAsync(default));

    private Task<Guid> LockOfAsync(long job) => _entities.Database.ReadAsync(
        db => db.Jobs.Where(x => x.WorkflowJobId == job).Select(x => x.LockedBy).SingleAsync());

    private Task MoveAsync(string runner, string status) => _entities.Database.UseAsync(
        (InstanceStore store) => store.UpdateAsync(runner, new UpdateInstanceRequest { Status = status }, default));

    private Task TakeAsync(string action, string? runner = null, string? delivery = null, long job = 71, string name = "build") => TakeAsync(
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["action"] = action,
            ["workflow_job"] = new JsonObject
            {
                ["id"] = job,
                ["run_id"] = 8,
                ["html_url"] = "https://github.com/acme/site/actions/runs/8/job/1",
                ["name"] = name,
                ["labels"] = new JsonArray("linux"),
                ["runner_name"] = runner,
            },
            ["repository"] = new JsonObject { ["name"] = "site", ["owner"] = new JsonObject { ["login"] = "acme" } },
        }),
        delivery);

    private Task TakeAsync(byte[] body, string? delivery) => _entities.Database.UseAsync(
        (WebhookStore store) => store.TakeAsync(
            new WorkflowJobDelivery
            {
                ForgeType = ForgeTypes.Github,
                HookType = "repository",
                Signature = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(EntityDatabase.Secret), body))}",
                DeliveryId = delivery,
                Body = body,
            },
            default));
}
