using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Jobs;
using Garm.Data.Owners;
using Garm.Data.Runners;
using Garm.Data.ScaleSets;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Xunit;

namespace Garm.Data.Tests.ScaleSets;

/// <summary>The forge's numbers of scale sets, which GARM's recordings do not contain.</summary>
public abstract class ScaleSetStoreSpecBase(TestEngine engine) : IAsyncLifetime
{
    private const string Accepted = "give the number (from 1) that the forge assigned to the scale set";

    private readonly EntityDatabase _entities = new(engine);
    private string _repository = "";

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        _repository = await _entities.RepositoryIdAsync();
        _entities.Commits.Clear();
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [SkippableFact]
    public async Task Create_ShouldMakeAScaleSetWithoutANumber_AsOftenAsIsAsked()
    {
        var (one, two) = (await CreateAsync("one", 0), await CreateAsync("two", 0));

        Assert.Equal((0, 0), (one.ScaleSetId, two.ScaleSetId));
        Assert.Equal(["scaleset create", "scaleset create"], _entities.Commits.Kinds);
        Assert.DoesNotContain("scale_set_id", _entities.Commits.AllText, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(null, $"missing scale_set_id: {Accepted}, or 0 if it will be registered there later")]
    [InlineData(-1, $"invalid scale_set_id -1: {Accepted}, or 0 if it will be registered there later")]
    public async Task Create_ShouldRefuse_WhatIsNoNumber(int? number, string details)
    {
        await Refusal.OfAsync(RefusalKind.BadRequest, $"failed to validate create params: {details}", () => CreateAsync("one", number));

        Assert.Empty(_entities.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Create_ShouldRefuse_ANumberOfAnotherScaleSetOfTheEntity()
    {
        var one = await CreateAsync("one", 17);

        await Refusal.OfAsync(
            RefusalKind.Conflict,
            $"error creating scale set: scale set {one.Id} (\"one\") of the same entity has scale_set_id 17",
            () => CreateAsync("two", 17));
    }

    [SkippableFact]
    public async Task Create_ShouldTakeANumber_OfAScaleSetOfAnotherEntity()
    {
        await CreateAsync("one", 17);
        var other = await _entities.CreateAsync(EntityDatabase.NewRepository with { Name = "other" });

        Assert.Equal(17, (await CreateAsync("two", 17, other.Id)).ScaleSetId);
    }

    [SkippableFact]
    public async Task Update_ShouldRegisterAScaleSet_WithItsEvent()
    {
        var set = await CreateAsync("one", 0);
        _entities.Commits.Clear();

        var registered = await UpdateAsync(set.Id, new() { ScaleSetId = 17 });

        Assert.Equal((17, set.Generation), (registered.ScaleSetId, registered.Generation));
        Assert.Equal(["scaleset update"], _entities.Commits.Kinds);
        Assert.Equal(17, _entities.Commits.SinglePayload.GetProperty("scale_set_id").GetInt32());
        Assert.Equal(17, (await GetAsync(set.Id)).ScaleSetId);
    }

    [SkippableFact]
    public async Task Update_ShouldChangeNothing_WhenTheNumberIsToldAgain()
    {
        var set = await CreateAsync("one", 17);
        _entities.Commits.Clear();

        await UpdateAsync(set.Id, new() { ScaleSetId = 17 });

        Assert.Empty(_entities.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Update_ShouldChangeTheNumber_WhenTheForgeGaveAnother()
    {
        var set = await CreateAsync("one", 17);

        Assert.Equal(18, (await UpdateAsync(set.Id, new() { ScaleSetId = 18 })).ScaleSetId);
        Assert.Equal(17, (await CreateAsync("two", 17)).ScaleSetId);
    }

    [SkippableFact]
    public async Task Update_ShouldKeepTheNumber_WhenItIsAboutSomethingElse()
    {
        var set = await CreateAsync("one", 17);

        Assert.Equal(17, (await UpdateAsync(set.Id, new() { Image = "other" })).ScaleSetId);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Update_ShouldRefuse_WhatIsNoNumber(int number)
    {
        var set = await CreateAsync("one", 17);

        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"invalid scale_set_id {number}: {Accepted}", () => UpdateAsync(set.Id, new() { ScaleSetId = number }));
        Assert.Equal(17, (await GetAsync(set.Id)).ScaleSetId);
    }

    [SkippableFact]
    public async Task Update_ShouldRefuse_ANumberOfAnotherScaleSetOfTheEntity()
    {
        var (one, two) = (await CreateAsync("one", 17), await CreateAsync("two", 0));

        await Refusal.OfAsync(
            RefusalKind.Conflict,
            $"error updating pool: error updating scale set: scale set {one.Id} (\"one\") of the same entity has scale_set_id 17",
            () => UpdateAsync(two.Id, new() { ScaleSetId = 17 }));
        Assert.Equal(0, (await GetAsync(two.Id)).ScaleSetId);
    }

    /// <summary>The hub calls no forge, so it needs no number, and it accepts the forge's reports.</summary>
    [SkippableFact]
    public async Task RunnersAndJobs_AreTaken_BeforeTheScaleSetIsRegistered()
    {
        var set = await CreateAsync("one", 0);

        var runner = await _entities.Database.UseAsync(
            (InstanceStore store) => store.CreateInScaleSetAsync(set.Id, new() { Name = "runner" }, default));
        var job = await _entities.Database.UseAsync((ScaleSetJobStore store) => store.ReportAsync(
            set.Id, new() { ScaleSetJobId = "a", Status = "in_progress", RunnerName = runner.Name }, default));

        Assert.Equal(set.Id, runner.ScaleSetId);
        Assert.Equal("in_progress", job.Status);
        Assert.Equal("a", (await _entities.Database.UseAsync((InstanceStore store) => store.GetAsync("runner", default))).Job!.ScaleSetJobId);
    }

    private Task<ScaleSetView> CreateAsync(string name, int? number, string? repository = null) =>
        _entities.Database.UseAsync((ScaleSetStore store) => store.CreateAsync(
            EntityKind.Repository, repository ?? _repository,
            new() { Name = name, ScaleSetId = number, ProviderName = "fake", MaxRunners = 5, Image = "i", Flavor = "f", OsType = "linux" },
            default));

    private Task<ScaleSetView> UpdateAsync(long id, UpdateScaleSetRequest request) =>
        _entities.Database.UseAsync((ScaleSetStore store) => store.UpdateAsync(id, request, default));

    private Task<ScaleSetView> GetAsync(long id) => _entities.Database.UseAsync((ScaleSetStore store) => store.GetAsync(id, default));
}
