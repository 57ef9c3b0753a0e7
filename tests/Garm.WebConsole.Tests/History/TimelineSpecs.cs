using Garm.Contracts.Events;
using Garm.WebConsole.History;
using Garm.WebConsole.Tests.Fleet;

namespace Garm.WebConsole.Tests.History;

public sealed class TimelineSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AJob_WaitsAndRuns()
    {
        var phases = Phases.Of(
        [
            Changes.Job(ChangeOperation.Create, 1, "queued", Noon, Noon),
            Changes.Job(ChangeOperation.Update, 1, "in_progress", Noon.AddMinutes(4), Noon, "queued"),
            Changes.Job(ChangeOperation.Update, 1, "completed", Noon.AddMinutes(9), Noon, "in_progress"),
        ]);

        Assert.Equal([("waits", 4.0), ("runs", 5.0)], phases.Select(x => (x.Name, x.Length(Noon.UtcDateTime).TotalMinutes)));
    }

    [Fact]
    public void ARunner_ThatStillWorks_HasAnOpenPhase()
    {
        var phases = Phases.Of(
        [
            Changes.Runner(ChangeOperation.Create, "a", "pending", Noon),
            Changes.Runner(ChangeOperation.Update, "a", "installing", Noon.AddMinutes(1), "pending"),
            Changes.Runner(ChangeOperation.Update, "a", "idle", Noon.AddMinutes(2), "installing"),
        ]);

        Assert.Equal(["starting", "idle"], phases.Select(x => x.Name));
        Assert.Equal(Noon.AddMinutes(2).UtcDateTime, phases[0].End);
        Assert.Null(phases[1].End);
    }

    [Fact]
    public void AStep_SaysWhatChanged()
    {
        var step = TimelineEntry.Of(Changes.Runner(ChangeOperation.Update, "a", "active", Noon, "idle"));
        Assert.Equal(("runner idle → active", "busy"), (step.Title, step.Tone));
        Assert.Equal([new Difference("runner_status", "idle", "active")], step.Differences!);

        var other = TimelineEntry.Around(Changes.Runner(ChangeOperation.Delete, "a", "active", Noon), "a");
        Assert.Equal(("runner a: deleted", "timeline?type=instance&id=a"), (other.Title, other.Link));
    }

    [Fact]
    public void AnUpdate_OfAnOlderBuild_HasNoDifferences()
    {
        var step = TimelineEntry.Of(Changes.Of(EntityType.Pool, ChangeOperation.Update, new { id = "p" }, Noon));

        Assert.Equal("changed", step.Title);
        Assert.Null(step.Differences);
    }
}
