using System.Text.Json;
using Garm.Golden.Running;

namespace Garm.Golden.Tests;

public sealed class AllowedDifferencesSpecs
{
    private static readonly ScenarioReport Report = new(
        "proxy-crud", [new(3, "GET /x", ["a"]), new(5, "GET /y", ["b"])], []);

    [Fact]
    public void AllowedStep_ShouldBecomeANote()
    {
        var report = Allow("""[{"scenario":"proxy-crud","step":3,"why":"better so"}]""").Apply(Report);

        Assert.Equal(5, Assert.Single(report.Differences).Step);
        Assert.Contains("better so", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void StepThatNoLongerDiffers_ShouldFail()
    {
        var report = Allow("""[{"scenario":"proxy-crud","step":4,"why":"better so"}]""").Apply(Report);

        Assert.Equal([3, 5, 4], report.Differences.Select(step => step.Step));
        Assert.Contains("no longer differs", report.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherScenario_ShouldNotBeAllowed()
    {
        var report = Allow("""[{"scenario":"auth-login","step":3,"why":"better so"}]""").Apply(Report);

        Assert.Equal([3, 5], report.Differences.Select(step => step.Step));
    }

    [Theory]
    [InlineData("""[{"scenario":"s","step":3}]""")]
    [InlineData("""[{"scenario":"s","step":3,"why":" "}]""")]
    [InlineData("""[{"scenario":"s","steps":3,"step":3,"why":"x"}]""")]
    [InlineData("null")]
    public void EntryWithoutReasonOrWithAnUnknownField_ShouldBeRefused(string json) =>
        Assert.Throws<JsonException>(() => Allow(json));

    private static AllowedDifferences Allow(string json) => AllowedDifferences.Parse(json);
}
