using Garm.Actors.Telemetry;

namespace Garm.Actors.Tests.Telemetry;

public sealed class RepeatedWarningsSpecs
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly RepeatedWarnings _warnings = new();

    [Fact]
    public void TheSameText_IsARepetition_ForFiveMinutes()
    {
        Assert.False(_warnings.IsRepetition("gone", Start));
        Assert.True(_warnings.IsRepetition("gone", Start.AddSeconds(1)));
        Assert.False(_warnings.IsRepetition("another", Start.AddSeconds(1)));
        Assert.False(_warnings.IsRepetition("gone", Start.AddMinutes(5)));
    }

    [Fact]
    public void ManyTexts_AreNotAllKept()
    {
        for (var i = 0; i < 101; i++) Assert.False(_warnings.IsRepetition($"text {i}", Start));

        Assert.False(_warnings.IsRepetition("text 0", Start));
    }
}
