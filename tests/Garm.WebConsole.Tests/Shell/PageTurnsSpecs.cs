using Garm.WebConsole.Shell;
using Microsoft.Extensions.Time.Testing;

namespace Garm.WebConsole.Tests.Shell;

public sealed class PageTurnsSpecs : IDisposable
{
    private static readonly TimeSpan Step = PageTurns.Period / 10;

    private readonly FakeTimeProvider _time = new();
    private readonly PageTurns _turns;

    public PageTurnsSpecs() => _turns = new PageTurns(_time);

    public void Dispose() => _turns.Dispose();

    [Fact]
    public void EachPage_HasOneTurnInAPeriod_AndNotAllAtOnce()
    {
        var calls = new int[40];
        for (var i = 0; i < calls.Length; i++)
        {
            var page = i;
            _turns.Join(() => calls[page]++);
        }

        for (var step = 1; step <= 10; step++)
        {
            _time.Advance(Step);
            Assert.Equal(4 * step, calls.Sum());
        }

        Assert.All(calls, x => Assert.Equal(1, x));
        _time.Advance(PageTurns.Period);
        Assert.All(calls, x => Assert.Equal(2, x));
    }

    [Theory]
    [InlineData(49, 4)]
    [InlineData(50, 2)]
    [InlineData(100, 1)]
    [InlineData(1_000, 1)]
    public void ManyPages_HaveFewerTurnsEach(int pages, int turnsInASecond)
    {
        var calls = 0;
        for (var i = 0; i < pages; i++) _turns.Join(() => calls++);

        for (var step = 0; step < 40; step++) _time.Advance(Step);

        Assert.Equal(pages * turnsInASecond, calls);
    }

    [Fact]
    public void APageThatLeft_HasNoTurns_AndAnotherTakesItsPlace()
    {
        var (first, second) = (0, 0);
        using (_turns.Join(() => first++)) _time.Advance(PageTurns.Period);
        _time.Advance(PageTurns.Period);
        using var other = _turns.Join(() => second++);
        _time.Advance(PageTurns.Period);

        Assert.Equal((1, 1), (first, second));
    }

    [Fact]
    public void ATurnThatTakesLong_IsNotGivenTwiceAtOnce()
    {
        var (depth, deepest) = (0, 0);
        using var page = _turns.Join(() =>
        {
            deepest = Math.Max(deepest, ++depth);
            _time.Advance(PageTurns.Period); // As long as until its next turn.
            depth--;
        });

        _time.Advance(PageTurns.Period);

        Assert.Equal(1, deepest);
    }
}
