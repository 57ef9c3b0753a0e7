using Akka.Actor;
using Garm.Actors.Telemetry;

namespace Garm.Actors.Tests.Sources;

/// <summary>The lag of a source is measured by the clock of its actor.</summary>
public sealed class SourceGaugeSpecs
{
    private readonly Clock _clock = new();

    [Fact]
    public void Lag_ShouldBeTheAgeOfTheOldestEvent_ByTheActorsClock()
    {
        var gauge = new SourceGauge(_clock) { Oldest = _clock.Now };
        _clock.Now += TimeSpan.FromSeconds(7);
        Assert.Equal(7, gauge.Lag);

        gauge.Oldest = null;
        Assert.Equal(0, gauge.Lag);
    }

    private sealed class Clock : ITimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);

        public TimeSpan MonotonicClock => TimeSpan.Zero;

        public TimeSpan HighResMonotonicClock => TimeSpan.Zero;
    }
}
