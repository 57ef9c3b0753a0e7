using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;
using Garm.Log;

namespace Garm.Actors.Tests.Changes;

public sealed class ChangeOrderSpecs
{
    [Fact]
    public void Order_ShouldForward_WhatComesNext()
    {
        var order = new ChangeOrder(Samples.Head(4), maxHeld: 100);

        Assert.Equal(BatchVerdict.InOrder, order.Offer(Samples.Batch(5, 2), out var ready));

        Assert.Equal([5, 6], ready.Positions());
        Assert.Equal(Samples.Head(6), order.Head);
        Assert.False(order.IsBehind);
    }

    [Fact]
    public void Order_ShouldShareTheBatch_WhenItComesWhole()
    {
        var order = new ChangeOrder(Samples.Head(0), maxHeld: 100);
        var batch = Samples.Batch(1, 3);

        order.Offer(batch, out var ready);

        Assert.True(batch.Changes == ready, "The common case should not copy.");
    }

    [Fact]
    public void Order_ShouldDrop_WhatWasForwardedBefore()
    {
        var order = new ChangeOrder(Samples.Head(6), maxHeld: 100);

        Assert.Equal(BatchVerdict.Duplicate, order.Offer(Samples.Batch(5, 2), out var ready));
        Assert.Empty(ready);
    }

    [Fact]
    public void Order_ShouldForwardTheRest_WhenABatchOverlaps()
    {
        var order = new ChangeOrder(Samples.Head(5), maxHeld: 100);

        Assert.Equal(BatchVerdict.InOrder, order.Offer(Samples.Batch(4, 4), out var ready));
        Assert.Equal([6, 7], ready.Positions());
    }

    [Fact]
    public void Order_ShouldHold_WhatComesTooEarly()
    {
        var order = new ChangeOrder(Samples.Head(0), maxHeld: 100);

        Assert.Equal(BatchVerdict.Ahead, order.Offer(Samples.Batch(3), out var early));
        Assert.Empty(early);
        Assert.True(order.IsBehind);
        Assert.Equal(BatchVerdict.Ahead, order.Offer(Samples.Batch(2), out _));

        order.Offer(Samples.Batch(1), out var ready);
        Assert.Equal([1, 2, 3], ready.Positions());
        Assert.False(order.IsBehind);
        Assert.Equal(0, order.HeldChanges);
    }

    [Fact]
    public void Order_ShouldRemember_WhatItCouldNotHold()
    {
        var order = new ChangeOrder(Samples.Head(0), maxHeld: 2);
        order.Offer(Samples.Batch(2, 2), out _);
        order.Offer(Samples.Batch(4), out _);

        order.Offer(Samples.Batch(1), out var ready);

        Assert.Equal([1, 2, 3], ready.Positions());
        Assert.True(order.IsBehind, "Change 4 was dropped, and has to be read from the log.");
    }

    [Fact]
    public void Order_ShouldNotBelieve_ABatchOfAnotherEpoch()
    {
        var order = new ChangeOrder(Samples.Head(4), maxHeld: 100);

        Assert.Equal(BatchVerdict.Foreign, order.Offer(Samples.Batch(5, epoch: Samples.OtherEpoch), out var ready));
        Assert.Empty(ready);
        Assert.Equal(Samples.Head(4), order.Head);
        Assert.False(order.IsBehind);
    }

    [Fact]
    public void Order_ShouldReleaseWhatItHolds_WhenTheLogFillsTheGap()
    {
        var order = new ChangeOrder(Samples.Head(0), maxHeld: 100);
        order.Offer(Samples.Batch(4, 2), out _);

        var filled = order.Fill(Look(order, head: 5, full: true, 1, 2, 3));

        Assert.Equal([1, 2, 3, 4, 5], filled.Ready.Positions());
        Assert.Equal(0, filled.Pruned);
        Assert.False(order.IsBehind);
    }

    [Fact]
    public void Order_ShouldIgnoreWhatOvertookTheLook_WhenItReturns()
    {
        var order = new ChangeOrder(Samples.Head(0), maxHeld: 100);
        order.Offer(Samples.Batch(2), out _);
        var look = Look(order, head: 2, full: false, 1, 2);
        order.Offer(Samples.Batch(1), out _);
        order.Offer(Samples.Batch(3), out _);

        Assert.False(order.IsOtherHistory(look));
        Assert.Empty(order.Fill(look).Ready);
        Assert.Equal(Samples.Head(3), order.Head);
    }

    [Theory]
    [InlineData(new long[] { 8, 9 }, 7, 9)]
    [InlineData(new long[0], 9, 9)]
    public void Order_ShouldSkipWhatRetentionTook_AndCountIt(long[] left, long pruned, long last)
    {
        var order = new ChangeOrder(Samples.Head(0), maxHeld: 100);
        order.Hear(new LogPosition(9));

        var filled = order.Fill(Look(order, head: 9, full: false, left));

        Assert.Equal(left, filled.Ready.Positions());
        Assert.Equal(pruned, filled.Pruned);
        Assert.Equal(Samples.Head(last), order.Head);
    }

    [Fact]
    public void Order_ShouldForgetABatch_WhenTheLogHasNotCommittedIt()
    {
        var order = new ChangeOrder(Samples.Head(3), maxHeld: 100);
        order.Offer(Samples.Batch(9), out _);

        order.Fill(Look(order, head: 3, full: false));

        Assert.False(order.IsBehind);
        Assert.Equal(0, order.HeldChanges);
    }

    [Fact]
    public void Order_ShouldSeeAnotherHistory_WhenTheHeadIsBehindWhatWasForwarded()
    {
        var order = new ChangeOrder(Samples.Head(5), maxHeld: 100);

        Assert.True(order.IsOtherHistory(Look(order, head: 4, full: false)));
        Assert.False(order.IsOtherHistory(Look(order, head: 5, full: false)));
        Assert.True(order.IsOtherHistory(Look(order, head: 9, full: false) with { Head = Samples.Head(9, Samples.OtherEpoch) }));
    }

    [Fact]
    public void Order_ShouldDropWhatItHolds_WhenItAdoptsAnotherHistory()
    {
        var order = new ChangeOrder(Samples.Head(5), maxHeld: 100);
        order.Offer(Samples.Batch(7), out _);

        order.Adopt(Samples.Head(2, Samples.OtherEpoch), new LogPosition(2));

        Assert.Equal(0, order.HeldChanges);
        Assert.False(order.IsBehind);
        order.Offer(Samples.Batch(3, epoch: Samples.OtherEpoch), out var ready);
        Assert.Equal([3], ready.Positions());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Order_ShouldForwardEverythingOnceInOrder_WhateverTheMediatorDoes(int maxHeld)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var batches = Batches(random, 60);
            var log = batches.SelectMany(b => b.Changes).ToList();
            var order = new ChangeOrder(Samples.Head(0), maxHeld);
            List<long> forwarded = [];

            foreach (var batch in Mangle(random, batches))
            {
                order.Offer(batch, out var ready);
                forwarded.AddRange(ready.Positions());
                if (random.Next(8) == 0) ReadPage(random, order, log, forwarded);
            }

            order.Hear(log[^1].Position);
            while (order.IsBehind) ReadPage(random, order, log, forwarded);

            Assert.Equal(log.Positions(), forwarded);
        }
    }

    private static List<ChangeBatch> Batches(Random random, int count)
    {
        List<ChangeBatch> batches = [];
        var next = 1L;
        for (var i = 0; i < count; i++)
        {
            var batch = Samples.Batch(next, random.Next(1, 5));
            batches.Add(batch);
            next = batch.Last.Next.Value;
        }

        return batches;
    }

    // Loses, doubles, swaps, and splits batches so that they overlap.
    private static List<ChangeBatch> Mangle(Random random, List<ChangeBatch> batches)
    {
        List<(double Key, ChangeBatch Batch)> arrivals = [];
        for (var i = 0; i < batches.Count; i++)
        {
            for (var copies = random.Next(5) switch { 0 => 0, 1 => 2, _ => 1 }; copies > 0; copies--)
            {
                var batch = random.Next(6) == 0 && i + 1 < batches.Count
                    ? Samples.BatchOf([.. batches[i].Changes, .. batches[i + 1].Changes])
                    : batches[i];
                arrivals.Add((i + (random.NextDouble() * 8), batch));
            }
        }

        return [.. arrivals.OrderBy(a => a.Key).Select(a => a.Batch)];
    }

    private static void ReadPage(Random random, ChangeOrder order, List<Change> log, List<long> forwarded)
    {
        var limit = random.Next(1, 20);
        var page = log.Where(c => c.Position > order.Head.Position).Take(limit).ToList();
        var look = new LogSnapshot(order.BeginSnapshot(), Samples.Head(log[^1].Position.Value), page, page.Count >= limit);
        forwarded.AddRange(order.Fill(look).Ready.Positions());
    }

    private static LogSnapshot Look(ChangeOrder order, long head, bool full, params long[] positions) =>
        new(order.BeginSnapshot(), Samples.Head(head), [.. positions.Select(p => Samples.Change(p))], full);
}
