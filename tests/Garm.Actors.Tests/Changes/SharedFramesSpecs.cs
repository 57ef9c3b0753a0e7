using System.Text;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Changes;

/// <summary>Frames that many sessions send are joined once.</summary>
public sealed class SharedFramesSpecs
{
    private static readonly EventKind Job = new(EntityType.Job, ChangeOperation.Create);

    [Theory]
    [InlineData(FrameForm.Plain)]
    [InlineData(FrameForm.Cursor)]
    public void ARun_ShouldBeTheFramesOfItsKinds_OneAfterAnother(FrameForm form)
    {
        RelayedChange[] changes = [Of(1, Samples.PoolUpdate), Of(2, Job), Of(3, Samples.PoolUpdate), Of(4, Job)];
        var runs = new SharedFrames([.. changes]);

        Assert.True(runs.TryGet(Samples.Kinds(Samples.PoolUpdate), form, out var pools));

        var run = Assert.Single(pools);
        Assert.Equal(2, run.Count);
        Assert.Equal(changes[2].Place, run.Last);
        var frames = Frames.Split(new OutboundFrames(run.Bytes, run.Count));
        Assert.Equal(FrameOf(changes[0], form), frames[0].ToArray());
        Assert.Equal(FrameOf(changes[2], form), frames[1].ToArray());
    }

    [Fact]
    public void ARun_ShouldBeMadeOnce()
    {
        var runs = new SharedFrames([Of(1, Job), Of(2, Job)]);

        Assert.True(runs.TryGet(EventKinds.All, FrameForm.Plain, out var first));
        Assert.True(runs.TryGet(EventKinds.All, FrameForm.Plain, out var again));
        Assert.True(runs.TryGet(EventKinds.All, FrameForm.Cursor, out var other));

        Assert.True(first[0].Bytes.Equals(again[0].Bytes));
        Assert.False(first[0].Bytes.Span.SequenceEqual(other[0].Bytes.Span));
    }

    [Fact]
    public void ALoneFrame_ShouldBeTheChangesOwn()
    {
        var change = Of(2, Job);
        var runs = new SharedFrames([Of(1, Samples.PoolUpdate), change, Of(3, Samples.PoolUpdate)]);

        Assert.True(runs.TryGet(Samples.Kinds(Job), FrameForm.Plain, out var jobs));

        Assert.True(Assert.Single(jobs).Bytes.Equals(change.PlainFrame), "The bytes should be the same memory, not a copy.");
    }

    [Fact]
    public void Nothing_ShouldBeARunOfNone()
    {
        Assert.True(new SharedFrames([Of(1, Job)]).TryGet(Samples.Kinds(Samples.PoolUpdate), FrameForm.Plain, out var runs));
        Assert.Empty(runs);
    }

    [Fact]
    public void ARun_ShouldBeCut_BeforeItIsTooLong()
    {
        int[] sizes = [30_000, 30_000, 30_000, 100_000, 10, 10];
        var runs = new SharedFrames([.. sizes.Select((size, i) => Of(i + 1, Job, size))]);

        Assert.True(runs.TryGet(EventKinds.All, FrameForm.Plain, out var cut));

        Assert.Equal([2, 1, 1, 2], cut.Select(x => x.Count));
        Assert.Equal([2, 3, 4, 6], cut.Select(x => x.Last.Position.Value));
        Assert.All(cut.Where(x => x.Count > 1), x => Assert.True(x.Bytes.Length <= SharedFrames.MostBytes));
    }

    [Fact]
    public void OnlySoManyChoices_ShouldBeKept()
    {
        var runs = new SharedFrames([Of(1, Job), Of(2, Job)]);
        var choices = EventKinds.All.Take(SharedFrames.MostChoices).Select(x => Samples.Kinds(x)).ToArray();

        Assert.All(choices, x => Assert.True(runs.TryGet(x, FrameForm.Plain, out _)));

        Assert.False(runs.TryGet(EventKinds.All, FrameForm.Plain, out _));
        Assert.All(choices, x => Assert.True(runs.TryGet(x, FrameForm.Plain, out _)));
    }

    private static RelayedChange Of(long position, EventKind kind, int size = 10)
    {
        var payload = Encoding.UTF8.GetBytes($$"""{"id":{{position}},"x":"{{new string('x', size)}}"}""");
        return (Samples.Change(position, kind) with { Payload = payload }).Relayed();
    }

    private static byte[] FrameOf(RelayedChange change, FrameForm form) =>
        change.FrameOf(form, FilterMove.None).ToArray();
}
