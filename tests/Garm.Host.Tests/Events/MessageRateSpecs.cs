using Garm.Host.Events;
using Xunit;

namespace Garm.Host.Tests.Events;

public sealed class MessageRateSpecs
{
    private readonly SetClock _clock = new();

    [Fact]
    public void ASecondsWorth_MayComeAtOnce_AndThenAsManyAsTimeAllows()
    {
        var rate = new MessageRate(4, _clock);
        Assert.Equal([true, true, true, true, false], Take(rate, 5));

        _clock.Now += TimeSpan.FromMilliseconds(500);
        Assert.Equal([true, true, false], Take(rate, 3));
    }

    [Fact]
    public void ALongSilence_SavesNoMoreThanASecondsWorth()
    {
        var rate = new MessageRate(2, _clock);
        _clock.Now += TimeSpan.FromDays(1);
        Assert.Equal([true, true, false], Take(rate, 3));
    }

    [Fact]
    public void Zero_IsNoLimit()
    {
        var rate = new MessageRate(0, _clock);
        Assert.DoesNotContain(false, Take(rate, 10_000));
    }

    private static IEnumerable<bool> Take(MessageRate rate, int times) => [.. Enumerable.Range(0, times).Select(_ => rate.TryTake())];

    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
