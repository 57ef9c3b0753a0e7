using System.Text.Json;
using Garm.Contracts.Events;
using Garm.WebConsole.Fleet;

namespace Garm.WebConsole.Tests.Fleet;

public sealed class FleetTablesSpecs
{
    private static readonly GroupKey Pool = new(false, new FleetKey("", "p"));
    private readonly FleetTables _tables = new();

    [Fact]
    public void TheCounts_FollowTheRunners()
    {
        SetRunner("a", "idle");
        SetRunner("b", "idle");
        SetRunner("a", "active");
        _tables.Remove(EntityType.Instance, "", "b");
        _tables.Remove(EntityType.Instance, "", "b");

        var counts = _tables.CountsOf(Pool);
        Assert.Equal((0, 1), (counts[(int)RunnerState.Idle], counts[(int)RunnerState.Active]));
    }

    [Fact]
    public void TheSameId_OfAnotherSource_IsAnotherEntity()
    {
        SetRunner("a", "idle");
        _tables.Set(EntityType.Instance, "old", "a", Json(new { id = "a", name = "a", status = "running", runner_status = "idle", pool_id = "p" }));
        _tables.Remove(EntityType.Instance, "old", "a");

        Assert.Single(_tables.Runners);
    }

    [Fact]
    public void CompletedJobs_AreKeptUpToALimit_AndThoseThatWait_All()
    {
        for (var i = 0; i < 3_000; i++) SetJob(i, "completed");
        for (var i = 3_000; i < 6_000; i++) SetJob(i, "queued");

        Assert.Equal(5_000, _tables.Jobs.Count);
        Assert.False(_tables.Jobs.ContainsKey(new FleetKey("", "999")));
    }

    [Theory]
    [InlineData("running", "idle", RunnerState.Idle)]
    [InlineData("running", "active", RunnerState.Active)]
    [InlineData("running", "installing", RunnerState.Starting)]
    [InlineData("pending_create", "pending", RunnerState.Starting)]
    [InlineData("error", "pending", RunnerState.Failed)]
    [InlineData("running", "failed", RunnerState.Failed)]
    [InlineData("pending_delete", "active", RunnerState.Ending)]
    [InlineData("running", "terminated", RunnerState.Ending)]
    [InlineData("stopped", "offline", RunnerState.Other)]
    [InlineData("", "", RunnerState.Other)]
    public void TwoStates_AreOneWord(string status, string runnerStatus, RunnerState state) =>
        Assert.Equal(state, PayloadReader.StateOf(status, runnerStatus));

    /// <summary>A source may be of any version, and a deletion's payload has little in it.</summary>
    [Theory]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"id":7,"tags":"none","labels":7,"created_at":"soon","endpoint":[],"max_runners":"many"}""")]
    [InlineData("null")]
    public void AnOddPayload_IsReadAsFarAsItGoes(string payload)
    {
        foreach (var type in FleetTables.Types) _tables.Set(type, "", "7", JsonDocument.Parse(payload).RootElement);
    }

    private void SetRunner(string id, string runnerStatus) =>
        _tables.Set(EntityType.Instance, "", id, Json(new { id, name = id, status = "running", runner_status = runnerStatus, pool_id = "p" }));

    private void SetJob(int id, string status) => _tables.Set(EntityType.Job, "", $"{id}", Json(new { id, status }));

    private static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);
}
