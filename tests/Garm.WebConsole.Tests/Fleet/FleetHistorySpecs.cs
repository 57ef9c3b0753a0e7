using Garm.Contracts.Events;
using Garm.WebConsole.Fleet;
using Microsoft.Extensions.Time.Testing;

namespace Garm.WebConsole.Tests.Fleet;

/// <summary>The last hour, from what changed and what is now.</summary>
public sealed class FleetHistorySpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 30, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Noon);

    [Fact]
    public void AMinute_IsAsItWasAtItsEnd()
    {
        var history = new FleetHistory(_time) { CompleteSince = Noon.AddHours(-1) };
        history.Add(Changes.Runner(ChangeOperation.Create, "a", "idle", Noon.AddMinutes(-10)));
        history.Add(Changes.Runner(ChangeOperation.Update, "a", "active", Noon.AddMinutes(-5), was: "idle"));
        history.Add(Changes.Runner(ChangeOperation.Delete, "a", "active", Noon.AddMinutes(-2)));

        var minutes = history.Read(new int[6], 0, 0);

        Assert.Equal(FleetHistory.Minutes, minutes.Count);
        Assert.Equal(
            [(11, 0, 0), (10, 1, 0), (6, 1, 0), (5, 0, 1), (3, 0, 1), (2, 0, 0), (0, 0, 0)],
            ((int[])[11, 10, 6, 5, 3, 2, 0]).Select(x => (x, At(x, RunnerState.Idle), At(x, RunnerState.Active))));

        int At(int ago, RunnerState state) => minutes[^(ago + 1)].Runners[(int)state];
    }

    /// <summary>The page of the past may be read after newer changes came live.</summary>
    [Fact]
    public void TheOrder_InWhichChangesAreTaken_DoesNotMatter()
    {
        var random = new Random(7);
        List<Garm.Log.Change> changes =
        [
            .. Enumerable.Range(0, 40).SelectMany(i => (Garm.Log.Change[])
            [
                Changes.Job(ChangeOperation.Create, i, "queued", Noon.AddMinutes(-50 + i), Noon.AddMinutes(-50 + i)),
                Changes.Job(ChangeOperation.Update, i, "in_progress", Noon.AddMinutes(-48 + i), Noon.AddMinutes(-50 + i), "queued"),
            ]),
        ];
        var inOrder = Read(changes);
        var shuffled = Read([.. changes.OrderBy(_ => random.Next())]);

        Assert.Equal(inOrder, shuffled);
        Assert.Contains(inOrder, x => x.Queued == 2);
        Assert.Contains(inOrder, x => x.WaitSeconds == 120);

        List<(int Queued, int Running, double? WaitSeconds)> Read(IEnumerable<Garm.Log.Change> taken)
        {
            var history = new FleetHistory(_time) { CompleteSince = Noon.AddHours(-1) };
            foreach (var change in taken) history.Add(change);
            return [.. history.Read(new int[6], 0, 40).Select(x => (x.Queued, x.Running, x.WaitSeconds))];
        }
    }

    [Fact]
    public void WhatIsNotKnown_IsLeftOut()
    {
        var history = new FleetHistory(_time);
        history.Add(Changes.Runner(ChangeOperation.Create, "a", "idle", Noon));
        Assert.Empty(history.Read([0, 1, 0, 0, 0, 0], 0, 0));

        history.CompleteSince = Noon.AddMinutes(-3);
        Assert.Equal(3, history.Read([0, 1, 0, 0, 0, 0], 0, 0).Count);
    }

    [Fact]
    public void AnHourLater_TheFormerOneIsGone()
    {
        var history = new FleetHistory(_time) { CompleteSince = Noon.AddHours(-1) };
        history.Add(Changes.Runner(ChangeOperation.Create, "a", "idle", Noon));
        _time.Advance(TimeSpan.FromHours(2));

        var minutes = history.Read([0, 1, 0, 0, 0, 0], 0, 0);

        Assert.All(minutes, x => Assert.Equal((1, 0), (x.Runners[(int)RunnerState.Idle], x.Events)));
    }
}
