using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Jobs;
using Garm.Data.Model;
using Garm.Data.Runners;
using Garm.Data.Tests.Support;
using Garm.Data.Webhooks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Webhooks;

public sealed class WebhookStoreSpecs : IAsyncLifetime
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
    public async Task ARenamedRepository_TakesItsJobsAgain_OnceItIsRenamedHere()
    {
        var unknown = await TakeAsync("queued", name: "site-2", delivery: "d-1");
        Assert.Equal(DeliveryReasons.OwnerUnknown, unknown.Reason);
        Assert.Contains("repository acme/site-2", unknown.Details, StringComparison.Ordinal);

        await _entities.UpdateAsync(_pool.RepoId!, new() { Name = "site-2" });
        Assert.Equal(["repository update", "pool update"], _entities.Commits.Kinds);
        Assert.Equal("acme/site-2", (await _entities.GetPoolAsync(_pool.Id!)).RepoName);
        var taken = await TakeAsync("queued", name: "site-2", delivery: "d-2");

        Assert.Equal("", taken.Reason);
        Assert.Equal(_pool.RepoId, Assert.Single(await JobsAsync()).RepoId);
    }

    [Fact]
    public async Task ANameThatIsTaken_IsRefused_AndSoIsAnOwnerWhereThereIsNone()
    {
        await _entities.CreateAsync(EntityDatabase.NewRepository with { Name = "other" });
        _entities.Commits.Clear();

        await Refusal.OfAsync(
            RefusalKind.Conflict, "error updating repo: error saving repo: repository acme/OTHER already exists",
            () => _entities.UpdateAsync(_pool.RepoId!, new() { Name = "OTHER" }));
        await _entities.UpdateAsync(_pool.RepoId!, new() { Name = "site", Owner = "acme" });
        Assert.Empty(_entities.Commits.Kinds);

        var organization = await _entities.Database.UseAsync((OrganizationStore store) => store.CreateAsync(
            new() { Name = "acme", CredentialsName = EntityDatabase.MainCredentials, WebhookSecret = EntityDatabase.Secret }, default));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, "error updating org: error saving org: owner is accepted only for repositories",
            () => _entities.Database.UseAsync((OrganizationStore store) => store.UpdateAsync(organization.Id!, new() { Owner = "x" }, default)));
    }

    [Fact]
    public async Task ALongName_IsCut_BetweenCharacters()
    {
        var rockets = string.Concat(Enumerable.Repeat("\ud83d\ude80", 600));

        await ReportAsync("queued", jobName: $"x{rockets}");

        Assert.Equal($"x{rockets}"[..1023], Assert.Single(await JobsAsync()).Name);
    }

    [Fact]
    public async Task WhyADeliveryWasNotTaken_IsReported()
    {
        Assert.Equal(DeliveryReasons.JobUnwanted, (await ReportAsync("queued", labels: ["windows"])).Reason);
        Assert.Equal(DeliveryReasons.NoLabels, (await ReportAsync("queued", labels: [])).Reason);
        Assert.Equal(DeliveryReasons.OwnerUnknown, (await ReportAsync("queued", url: "https://elsewhere.example.com/acme/site")).Reason);
        Assert.Equal(DeliveryReasons.TargetInvalid, (await ReportAsync("queued", url: "none")).Reason);
        Assert.Equal(DeliveryReasons.TargetInvalid, (await ReportAsync("queued", url: "https://u:pw@github.com/acme/site")).Reason);
        Assert.Equal(DeliveryReasons.SignatureInvalid, (await ReportAsync("queued", signed: false)).Reason);
        Assert.Equal(DeliveryReasons.PayloadInvalid, (await ReportAsync("queued", job: 0)).Reason);

        Assert.Equal("", (await ReportAsync("queued", delivery: "d-1")).Reason);
        Assert.Equal(DeliveryReasons.Duplicate, (await ReportAsync("queued", delivery: "d-1")).Reason);
        Assert.Equal(DeliveryReasons.TransitionInvalid, (await ReportAsync("waiting")).Reason);
        Assert.Equal(("waiting", (long?)71, "repository acme/site"), await ToldAsync("waiting"));
    }

    private async Task<(string Action, long? Job, string Entity)> ToldAsync(string action)
    {
        var report = await ReportAsync(action);
        return (report.Action, report.WorkflowJobId, report.Entity);
    }

    [Fact]
    public async Task ADeliveryThatWasRefused_MayComeAgain()
    {
        await _entities.UpdatePoolAsync(_pool.Id!, new() { Enabled = false });
        await Assert.ThrowsAsync<GarmException>(() => TakeAsync("queued", delivery: "d-1"));
        await _entities.UpdatePoolAsync(_pool.Id!, new() { Enabled = true });
        _entities.Commits.Clear();

        await TakeAsync("queued", delivery: "d-1");

        Assert.Equal(["job create"], _entities.Commits.Kinds);
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
    public async Task JobsOfDifferentForges_WithTheSameNumber_AreDifferentJobs()
    {
        await TakeAsync("queued");
        await _entities.Database.SaveAsync(db => db.Add(new Job { ForgeUrl = "https://other.example.com", WorkflowJobId = 71 }));
        await TakeAsync("completed");

        Assert.Equal(["completed", ""], (await JobsAsync()).Select(x => x.Status ?? ""));
    }

    [Theory]
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
        await TakeAsync("queued", jobName: name);

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

    private Task<List<JobView>> JobsAsync() => _entities.Database.UseAsync(
        async (JobStore store) => (await store.ListAsync(new(), default).ToListAsync()).SelectMany(x => x).ToList());

    private Task<Guid> LockOfAsync(long job) => _entities.Database.ReadAsync(
        db => db.Jobs.Where(x => x.WorkflowJobId == job).Select(x => x.LockedBy).SingleAsync());

    private Task MoveAsync(string runner, string status) => _entities.Database.UseAsync(
        (InstanceStore store) => store.UpdateAsync(runner, new UpdateInstanceRequest { Status = status }, default));

    private Task<DeliveryReport> TakeAsync(
        string action, string? runner = null, string? delivery = null, long job = 71, string name = "site", string jobName = "build") =>
        TakeAsync(Body(action, runner, job, name, jobName: jobName), delivery);

    /// <summary>The report, whether the delivery is refused or not.</summary>
    private async Task<DeliveryReport> ReportAsync(
        string action, long job = 71, string[]? labels = null, string url = "https://github.com/acme/site/actions/runs/8/job/1",
        string? delivery = null, bool signed = true, string jobName = "build")
    {
        var taken = Delivery(Body(action, null, job, "site", labels, url, jobName), delivery, signed);
        try
        {
            await _entities.Database.UseAsync((WebhookStore store) => store.TakeAsync(taken, default));
        }
        catch (GarmException)
        {
            // The test checks the reason.
        }

        return taken.Report;
    }

    private static byte[] Body(
        string action, string? runner, long job, string name, string[]? labels = null,
        string url = "https://github.com/acme/site/actions/runs/8/job/1", string jobName = "build") => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["action"] = action,
            ["workflow_job"] = new JsonObject
            {
                ["id"] = job,
                ["run_id"] = 8,
                ["html_url"] = url,
                ["name"] = jobName,
                ["labels"] = new JsonArray([.. (labels ?? ["linux"]).Select(x => (JsonNode)x)]),
                ["runner_name"] = runner,
            },
            ["repository"] = new JsonObject { ["name"] = name, ["owner"] = new JsonObject { ["login"] = "acme" } },
        });

    private async Task<DeliveryReport> TakeAsync(byte[] body, string? delivery)
    {
        var taken = Delivery(body, delivery, signed: true);
        await _entities.Database.UseAsync((WebhookStore store) => store.TakeAsync(taken, default));
        return taken.Report;
    }

    private static WorkflowJobDelivery Delivery(byte[] body, string? id, bool signed) => new()
    {
        ForgeType = ForgeTypes.Github,
        HookType = "repository",
        Signature = signed ? $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(EntityDatabase.Secret), body))}" : null,
        DeliveryId = id,
        Body = body,
    };
}
