using Bunit;
using Garm.WebConsole.Charts;

namespace Garm.WebConsole.Tests.Charts;

public sealed class ChartSpecs : BunitContext
{
    private static readonly string[] Labels = ["12:00", "", ""];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(22, 5)]
    [InlineData(5_000, 1_000)]
    [InlineData(5_001, 2_000)]
    public void AnAxis_HasAtMostFiveSteps(double highest, int step) => Assert.Equal(step, ChartDrawing.StepOf(highest));

    [Fact]
    public void Lines_GoThroughEachNumber_FromTheBottomUp()
    {
        var chart = ChartDrawing.Lines(Labels, ("queued", "red", [0, 2, 4]), ("running", "blue", [4, 4, 1.5]));

        Assert.Equal(["M5 100L15 50L25 0", "M5 0L15 0L25 62.5"], chart.Lines.Select(x => x.Path));
        Assert.Equal([4.0, 1.5], chart.Lines.Select(x => x.Last));
        Assert.Equal(["0", "1", "2", "3", "4"], chart.Scale.Select(x => x.Text));
        Assert.Equal([new ChartMark("12:00", "16.67")], chart.Times);
    }

    [Fact]
    public void Bars_StandOnThoseBelow_AndNothingIsDrawnForZero()
    {
        var chart = ChartDrawing.Stacked(Labels, ("active", "red", [1, 0, 1]), ("idle", "blue", [1, 2, 0]));

        Assert.Equal(
            ["M0.5 100V50H9.5V100ZM20.5 100V50H29.5V100Z", "M0.5 50V0H9.5V50ZM10.5 100V0H19.5V100Z"],
            chart.Lines.Select(x => x.Path));
    }

    [Fact]
    public void NoNumbersAtAll_AreAnEmptyChart()
    {
        var chart = ChartDrawing.Lines([], ("queued", "red", []));

        Assert.Equal(["0", "1"], chart.Scale.Select(x => x.Text));
        Assert.Equal("", chart.Lines[0].Path);
    }

    /// <summary>A tab keeps each element that is rendered.</summary>
    [Fact]
    public void AChart_HasOneElementForASeries_HoweverManyNumbers()
    {
        var numbers = Enumerable.Range(0, 60).Select(x => (double)x).ToArray();
        var view = Render<ChartView>(x => x.Add(p => p.Title, "Jobs").Add(
            p => p.Chart, ChartDrawing.Lines([.. numbers.Select(_ => "")], ("queued", "red", numbers))));

        Assert.Equal(2, view.FindAll("path").Count); // The grid is the other one.
        Assert.Equal("queued: 59", view.Find(".legend li").TextContent);
    }

    [Fact]
    public void AChart_IsRenderedAgain_OnlyWhenItIsAnotherOne()
    {
        var chart = ChartDrawing.Lines(Labels, ("queued", "red", [0, 2, 4]));
        var view = Render<ChartView>(x => x.Add(p => p.Title, "Jobs").Add(p => p.Chart, chart));

        view.Render(x => x.Add(p => p.Chart, chart));
        Assert.Equal(1, view.RenderCount);
        view.Render(x => x.Add(p => p.Chart, chart with { Grid = "M0 0" }));
        Assert.Equal(2, view.RenderCount);
    }
}
