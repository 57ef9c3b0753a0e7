using Garm.Data.Writes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>How the last writes predict the next one.</summary>
public sealed class WriteHealthSpecs
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly WriteHealth _health;

    public WriteHealthSpecs() => _health = new WriteHealth(_clock);

    [Fact]
    public void BeforeTheFirstWrite_OneIsAskedToTest()
    {
        Assert.Equal(new WriteVerdict(null, true), _health.Ask());
        Assert.Equal(new WriteVerdict(null, false), _health.Ask());
    }

    [Fact]
    public void AWriteThatWorked_IsTrustedForAWhile_AndNobodyTests()
    {
        _health.Worked();
        _clock.Advance(WriteHealth.TrustFor - Moment);
        Assert.Equal(new WriteVerdict(null, false), _health.Ask());

        _clock.Advance(Moment);
        Assert.Equal(new WriteVerdict(null, true), _health.Ask());
        Assert.Equal(new WriteVerdict(null, false), _health.Ask());
    }

    [Fact]
    public void AFailure_IsTestedAtOnce_AndThenAtABoundedRate()
    {
        _health.Worked();
        _health.Failed("full");
        Assert.Equal(new WriteVerdict("full", true), _health.Ask());
        _health.Failed("full");

        for (var i = 0; i < 100; i++) Assert.Equal(new WriteVerdict("full", false), _health.Ask());
        _clock.Advance(WriteHealth.RetryEvery - Moment);
        Assert.Equal(new WriteVerdict("full", false), _health.Ask());
        _clock.Advance(Moment);
        Assert.Equal(new WriteVerdict("full", true), _health.Ask());
    }

    [Fact]
    public void AWriteThatWorks_EndsTheFailure()
    {
        _health.Failed("full");
        _health.Worked();

        Assert.Equal(new WriteVerdict(null, false), _health.Ask());
    }

    [Fact]
    public void AFailure_DoesNotEndByItself()
    {
        _health.Failed("full");
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal("full", _health.Ask().Obstacle);
    }
}
