using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Jobs;
using Garm.Data.Owners;
using Garm.Data.Runners;
using Garm.Data.ScaleSets;
using Garm.Data.Tests.Support;
using Xunit;

namespace Garm.Data.Tests.Jobs;

/// <summary>Cases that <c>forge-scaleset-runner</c> does not contain.</summary>
public sealed class ScaleSetJobStoreSpecs : IAsyncLifetime
{
    private readonly EntityDatabase _entities = new();

    private ScaleSetView _set = null!;

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        _set = await SetAsync("one", 7);
        _entities.Commits.Clear();
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [Fact]
    public async Task Report_ShouldChangeTheJob_WhenItsIdIsKnown()
    {
        var queued = await ReportAsync(new() { ScaleSetJobId = "a", Status = "queued", Name = "build", Labels = ["x"], RunId = 5, RepositoryOwner = "acme", RepositoryName = "site" });
        var completed = await ReportAsync(new() { ScaleSetJobId = "a", Status = "completed", Conclusion = "succeeded" });

        Assert.Equal(queued.Id, completed.Id);
        Assert.Equal(("build", "completed", "succeeded", 5L), (completed.Name, completed.Status, completed.Conclusion, completed.RunId));
        Assert.Equal("https://github.com/acme/site/actions/runs/5", completed.WorkflowRunUrl);
        Assert.Equal(["x"], completed.Labels);
        Assert.Equal(["job create", "job update"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task Report_ShouldNotMixUpJobs_WhenAWebhookToldOfOne()
    {
        await ReportAsync(new() { ScaleSetJobId = "a", Status = "queued" });
        await ReportAsync(new() { ScaleSetJobId = "b", Status = "queued" });
        await _entities.Database.SaveAsync(db => db.Add(new Data.Model.Job { ForgeUrl = "https://github.com", WorkflowJobId = 9 }));

        var jobs = await _entities.Database.UseAsync((ScaleSetJobStore store) => store.ListAsync(null, default).SelectMany(x => x).ToListAsync().AsTask());

        Assert.Equal(["b", "a"], jobs.Select(x => x.ScaleSetJobId));
        Assert.All(jobs, x => Assert.Equal(_set.Id, x.ScaleSetId));
    }

    [Fact]
    public async Task List_ShouldShowOneScaleSetsJobs_WhenOneIsAskedFor()
    {
        var other = await SetAsync("two", 8);
        await ReportAsync(new() { ScaleSetJobId = "a", Status = "queued" });
        await _entities.Database.UseAsync((ScaleSetJobStore store) => store.ReportAsync(other.Id, new() { ScaleSetJobId = "b", Status = "queued" }, default));

        Assert.Equal(["b"], (await ListAsync(other.Id)).Select(x => x.ScaleSetJobId));
        Assert.Empty(await ListAsync(999));
    }

    [Fact]
    public async Task Report_ShouldTakeItsRunnerAlong_AndNoOthers()
    {
        var mine = await RunnerAsync(_set, "mine");
        var foreign = await RunnerAsync(await SetAsync("two", 8), "foreign");

        await ReportAsync(new() { ScaleSetJobId = "a", Status = "in_progress", RunnerName = mine });
        await ReportAsync(new() { ScaleSetJobId = "b", Status = "completed", RunnerName = foreign });
        await ReportAsync(new() { ScaleSetJobId = "c", Status = "in_progress", RunnerName = "nobody" });

        Assert.Equal("active", (await GetAsync(mine)).RunnerStatus);
        Assert.Equal("a", (await GetAsync(mine)).Job!.ScaleSetJobId);
        Assert.Equal("pending", (await GetAsync(foreign)).RunnerStatus);
    }

    [Fact]
    public async Task AJob_ShouldHaveOneRunner_TheOneThatWasSaidLast()
    {
        var (first, second) = (await RunnerAsync(_set, "first"), await RunnerAsync(_set, "second"));
        await ReportAsync(new() { ScaleSetJobId = "a", Status = "in_progress", RunnerName = first });
        _entities.Commits.Clear();

        await ReportAsync(new() { ScaleSetJobId = "a", Status = "in_progress", RunnerName = second });

        Assert.Equal(second, (await ListAsync(_set.Id)).Single().RunnerName);
        Assert.Null((await GetAsync(first)).Job);
        Assert.Equal(["instance update", "instance update", "job update"], _entities.Commits.Kinds.Order());
    }

    [Fact]
    public async Task Report_ShouldDoWhatIsLeft_WhenItComesAgain()
    {
        var runner = await RunnerAsync(_set, "mine");
        await ReportAsync(new() { ScaleSetJobId = "a", Status = "completed" });

        await ReportAsync(new() { ScaleSetJobId = "a", Status = "completed", RunnerName = runner });
        _entities.Commits.Clear();
        await ReportAsync(new() { ScaleSetJobId = "a", Status = "completed", RunnerName = runner });

        Assert.Equal(("pending_delete", "terminated"), ((await GetAsync(runner)).Status, (await GetAsync(runner)).RunnerStatus));
        Assert.Equal(["job update"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task Report_ShouldChangeNothing_WhenItIsLate()
    {
        var runner = await RunnerAsync(_set, "mine");
        await ReportAsync(new() { ScaleSetJobId = "a", Status = "completed" });
        _entities.Commits.Clear();

        var answer = await ReportAsync(new() { ScaleSetJobId = "a", Status = "in_progress", RunnerName = runner });

        Assert.Equal(("completed", _set.RepoId), (answer.Status, answer.RepoId));
        Assert.Empty(_entities.Commits.Kinds);
    }

    [Theory]
    [InlineData(null, "queued", "scaleset_job_id")]
    [InlineData("a", null, "queued, in_progress, completed")]
    [InlineData("a", "waiting", "queued, in_progress, completed")]
    public async Task Report_ShouldRefuse_WhenItSaysTooLittle(string? id, string? status, string accepted)
    {
        var refusal = await Assert.ThrowsAsync<GarmException>(() => ReportAsync(new() { ScaleSetJobId = id, Status = status }));

        Assert.Equal(RefusalKind.BadRequest, refusal.Kind);
        Assert.Contains(accepted, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_ShouldRefuse_WhenThereIsNoSuchScaleSet()
    {
        var refusal = await Assert.ThrowsAsync<GarmException>(() => _entities.Database.UseAsync(
            (ScaleSetJobStore store) => store.ReportAsync(999, new() { ScaleSetJobId = "a", Status = "queued" }, default)));

        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
    }

    private Task<JobView> ReportAsync(ScaleSetJobRequest report) =>
        _entities.Database.UseAsync((ScaleSetJobStore store) => store.ReportAsync(_set.Id, report, default));

    private Task<List<ScaleSetJobView>> ListAsync(long id) =>
        _entities.Database.UseAsync((ScaleSetJobStore store) => store.ListAsync(id, default).SelectMany(x => x).ToListAsync().AsTask());

    private Task<InstanceView> GetAsync(string name) => _entities.Database.UseAsync((InstanceStore store) => store.GetAsync(name, default));

    private async Task<string> RunnerAsync(ScaleSetView set, string name) => (await _entities.Database.UseAsync(
        (InstanceStore store) => store.CreateInScaleSetAsync(set.Id, new() { Name = name }, default))).Name!;

    private async Task<ScaleSetView> SetAsync(string name, int number)
    {
        var repository = await _entities.CreateAsync(EntityDatabase.NewRepository with { Name = name });
        return await _entities.Database.UseAsync((ScaleSetStore store) => store.CreateAsync(
            EntityKind.Repository, repository.Id!,
            new() { Name = name, ScaleSetId = number, ProviderName = "fake", MaxRunners = 5, Image = "i", Flavor = "f", OsType = "linux" },
            default));
    }
}
