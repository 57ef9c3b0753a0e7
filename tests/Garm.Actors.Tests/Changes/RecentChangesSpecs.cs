using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;
using Garm.Log;

namespace Garm.Actors.Tests.Changes;

public sealed class RecentChangesSpecs
{
    [Fact]
    public void Ring_ShouldKeepTheNewest_WhenItIsFull()
    {
        var ring = FilledGap(maxCount: 3, maxBytes: 10_000, 1, 2, 3, 4, 5);

        Assert.True(ring.TryReadAfter(new LogPosition(2), 10, out var changes));
        Assert.Equal([3, 4, 5], changes.Select(c => c.Change).Positions());
        Assert.False(ring.TryReadAfter(new LogPosition(1), 10, out _));
    }

    [Fact]
    public void Ring_ShouldForgetTheOldest_WhenItHasTooManyBytes()
    {
        var size = Samples.Change(1).Payload.Length;
        var ring = FilledGap(maxCount: 100, maxBytes: 2 * size, 1, 2, 3);

        Assert.Equal(2, ring.Count);
        Assert.Equal(2 * size, ring.Bytes);
    }

    [Fact]
    public void Ring_ShouldReadAtMostTheLimit()
    {
        Assert.True(FilledGap(10, 10_000, 1, 2, 3).TryReadAfter(LogPosition.Origin, 2, out var changes));
        Assert.Equal([1, 2], changes.Select(c => c.Change).Positions());
    }

    [Fact]
    public void Ring_ShouldSayNothingFollows_AtItsEnd()
    {
        var ring = FilledGap(10, 10_000, 1, 2);

        Assert.True(ring.TryReadAfter(new LogPosition(2), 10, out var changes));
        Assert.Empty(changes);
        Assert.False(ring.TryReadAfter(new LogPosition(3), 10, out _), "What is after the newest is not known.");
    }

    [Fact]
    public void Ring_ShouldStartAnew_AfterAHole()
    {
        var ring = FilledGap(10, 10_000, 1, 2, 5);

        Assert.False(ring.TryReadAfter(new LogPosition(2), 10, out _));
        Assert.True(ring.TryReadAfter(new LogPosition(4), 10, out var changes));
        Assert.Single(changes);
    }

    [Fact]
    public void Ring_ShouldKeepNothing_WhenItHasNoRoom() => Assert.Equal(0, FilledGap(0, 0, 1, 2).Count);

    private static RecentChanges FilledGap(int maxCount, long maxBytes, params long[] positions)
    {
        var ring = new RecentChanges(maxCount, maxBytes);
        foreach (var position in positions) ring.Add(new RelayedChange(Samples.Change(position), default));
        return ring;
    }
}
