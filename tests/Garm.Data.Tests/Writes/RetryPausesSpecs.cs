using Garm.Data.Retries;
using Xunit;

namespace Garm.Data.Tests.Writes;

public sealed class RetryPausesSpecs
{
    private readonly SteppedClock _clock = new();

    private static TimeSpan FaultsFor => new WriteRetryOptions().FaultsFor;

    [Fact]
    public void Pauses_Double_UpToTheLongest()
    {
        var pauses = Pauses(jitter: 1);

        Assert.Equal(
            [20, 40, 80, 160, 320, 640, 1000, 1000],
            Enumerable.Range(0, 8).Select(_ => pauses.Next(RetryReason.Fault)!.Value.TotalMilliseconds));
    }

    [Fact]
    public void Jitter_TakesHalfAtMost() =>
        Assert.Equal(TimeSpan.FromMilliseconds(10), Pauses(jitter: 0).Next(RetryReason.Fault));

    [Fact]
    public void Faults_AreRetried_ForAsLongAsIsSaid()
    {
        var pauses = Pauses(jitter: 1);
        Assert.NotNull(pauses.Next(RetryReason.Fault));

        _clock.Step(FaultsFor - TimeSpan.FromMilliseconds(41));
        Assert.NotNull(pauses.Next(RetryReason.Fault));

        _clock.Step(TimeSpan.FromMilliseconds(41));
        Assert.Null(pauses.Next(RetryReason.Fault));
    }

    [Fact]
    public void TheTimeOfTheAttempts_Counts_FromTheFirstThatFailed()
    {
        var pauses = Pauses(jitter: 1);
        Assert.Equal(FaultsFor, pauses.Begin());
        _clock.Step(TimeSpan.FromSeconds(10));
        Assert.NotNull(pauses.Next(RetryReason.Fault));

        Assert.Equal(FaultsFor - TimeSpan.FromSeconds(10), pauses.Begin());
        _clock.Step(TimeSpan.FromSeconds(5));
        Assert.Null(pauses.Next(RetryReason.Fault));
    }

    [Fact]
    public void AnAttemptThatWouldHaveNoTime_IsNotMade()
    {
        var pauses = Pauses(jitter: 1);
        pauses.Begin();
        _clock.Step(FaultsFor - TimeSpan.FromMilliseconds(20));

        Assert.Null(pauses.Next(RetryReason.Fault));
    }

    [Fact]
    public void AConflict_EndsTheFaultsOfBefore()
    {
        var pauses = Pauses(jitter: 1);
        pauses.Begin();
        _clock.Step(TimeSpan.FromSeconds(14));
        Assert.NotNull(pauses.Next(RetryReason.Fault));
        pauses.Begin();
        Assert.NotNull(pauses.Next(RetryReason.Conflict));

        Assert.Equal(FaultsFor, pauses.Begin());
    }

    [Fact]
    public void Conflicts_AreRetried_AsOftenAsIsSaid()
    {
        var pauses = Pauses(jitter: 1);

        Assert.All(Enumerable.Range(0, new WriteRetryOptions().Conflicts), _ => Assert.NotNull(pauses.Next(RetryReason.Conflict)));
        Assert.Null(pauses.Next(RetryReason.Conflict));
    }

    private RetryPauses Pauses(double jitter) => new(new WriteRetryOptions(), _clock, () => jitter);

    private sealed class SteppedClock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Step(TimeSpan time) => _now += time.Ticks;
    }
}
