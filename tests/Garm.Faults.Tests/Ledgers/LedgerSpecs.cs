using Garm.Log;

namespace Garm.Faults.Tests.Ledgers;

/// <summary>The verdict on made-up ledgers: each kind of violation is found and named.</summary>
public sealed class LedgerSpecs
{
    private static readonly LogEpoch Epoch = new("0123456789abcdef");

    // Two acknowledged writes, one of them marked; one whose answer was lost but that was stored; one that was not stored.
    private static readonly WrittenChange[] Writes =
        [new("a", At(1), IsMarked: true), new("b", At(2), IsMarked: false), new("c", null, IsMarked: false), new("d", null, IsMarked: true)];

    private static readonly SeenChange A = new("a", At(1));
    private static readonly SeenChange B = new("b", At(2));
    private static readonly SeenChange C = new("c", At(3));

    [Fact]
    public void ALedgerOfKeptPromises_ShouldBeClean()
    {
        var verdict = Judge([A, B, C], [A, B, C], [A]);

        Assert.True(verdict.IsClean, verdict.ToString());
    }

    [Fact]
    public void AnAcknowledgedChange_ThatOneDidNotSee_ShouldBeLost() =>
        Assert.Equal("wide-2 did not see b at 0123:2", Assert.Single(Judge([A, B, C], [A, C], [A]).Lost));

    [Fact]
    public void AMarkedChange_ThatTheNarrowOneDidNotSee_ShouldBeLost() =>
        Assert.Equal("narrow did not see a at 0123:1", Assert.Single(Judge([A, B, C], [A, B, C], []).Lost));

    [Fact]
    public void AChangeSeenTwice_ShouldBeDoubled()
    {
        var verdict = Judge([A, B, B, C], [A, B, C], [A]);

        Assert.Equal("wide-1 saw b 2 times", Assert.Single(verdict.Doubled));
        Assert.False(verdict.MayMend);
    }

    [Fact]
    public void AnOrderOtherThanTheLogs_ShouldBeReordered_AlsoWhenAllSawTheSame() =>
        Assert.Equal(2, Judge([B, A, C], [B, A, C], [A]).Reordered.Count);

    [Fact]
    public void AnotherHistory_ShouldBeReordered()
    {
        var forked = C with { Place = C.Place with { Epoch = new LogEpoch("ffffffffffffffff") } };

        Assert.NotEmpty(Judge([A, B, forked], [A, B, forked], [A]).Reordered);
    }

    [Fact]
    public void AChangeAtAnotherPlaceThanItsWriterWasTold_ShouldBeDisagreed() =>
        Assert.Equal("b is at 0123:4 and 0123:2", Assert.Single(Judge([A, B with { Place = At(4) }], [A], [A]).Disagreed));

    [Fact]
    public void TwoChangesAtOnePlace_ShouldBeDisagreed() =>
        Assert.Equal("0123:3 is c and d", Assert.Single(Judge([A, B, C], [A, B, new("d", At(3))], [A]).Disagreed));

    [Fact]
    public void AChangeThatTheFilterExcludes_ShouldBeUnwanted() =>
        Assert.Equal("narrow saw b, which its filter excludes", Assert.Single(Judge([A, B, C], [A, B, C], [A, B]).Unwanted));

    [Fact]
    public void AChangeThatNobodyWrote_ShouldBeUnwanted() =>
        Assert.Equal("wide-1 saw x, which nobody wrote", Assert.Single(Judge([A, B, C, new("x", At(4))], [A, B, C], [A]).Unwanted));

    [Fact]
    public void ALostAnswer_ThatOnlyOneSaw_ShouldBeUneven() =>
        Assert.Equal("c, whose answer was lost, was seen by wide-1 only", Assert.Single(Judge([A, B, C], [A, B], [A]).Uneven));

    [Fact]
    public void AnEventWithoutItsChange_ShouldBeUnstored() =>
        Assert.Equal("b was told and is not stored", Assert.Single(Judge([A, B, C], [A, B, C], [A], "a", "c").Unstored));

    [Fact]
    public void AChangeWithoutItsEvent_ShouldBeUnstored() =>
        Assert.Equal("d is stored and nobody saw it", Assert.Single(Judge([A, B, C], [A, B, C], [A], "a", "b", "c", "d").Unstored));

    private static Verdict Judge(SeenChange[] first, SeenChange[] second, SeenChange[] narrow, params string[] stored) => new Ledger(
        Writes,
        [new("wide-1", false, first), new("wide-2", false, second), new("narrow", true, narrow)],
        (stored.Length == 0 ? ["a", "b", "c"] : stored).ToHashSet()).Judge();

    private static LogPlace At(long position) => new(Epoch, new LogPosition(position));
}
