using System.Globalization;
using Garm.WebConsole.Charts;

namespace Garm.WebConsole.Fleet;

/// <summary>The charts of the fleet's last hour. Null until the hour is known.</summary>
internal sealed record FleetCharts(Chart? Runners, Chart? Jobs, Chart? Waits, Chart? Events)
{
    /// <summary>How old a drawing may be: a new one is sent to every page as a whole.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private const string Blue = "#3b82f6";
    private const string Yellow = "#e0a030";
    private const string Violet = "#7c5cd6";

    /// <summary>Nothing yet.</summary>
    public static FleetCharts None { get; } = new(null, null, null, null);

    /// <summary>Draws the last hour.</summary>
    public static FleetCharts Of(FleetSummary fleet, DateTimeOffset now)
    {
        var minutes = fleet.Minutes;
        string[] labels = [.. minutes.Select(x => x.Begin.Minute % 10 == 0 ? x.Begin.ToString("HH:mm", CultureInfo.InvariantCulture) : "")];
        return new FleetCharts(
            ChartDrawing.Stacked(
                labels,
                ("active", Blue, Of(x => x.Runners[(int)RunnerState.Active])),
                ("idle", "#2e9e6b", Of(x => x.Runners[(int)RunnerState.Idle])),
                ("starting", Yellow, Of(x => x.Runners[(int)RunnerState.Starting])),
                ("failed", "#d64545", Of(x => x.Runners[(int)RunnerState.Failed])),
                ("ending or offline", "#8a94a6", Of(x => x.Runners[(int)RunnerState.Ending] + x.Runners[(int)RunnerState.Other]))),
            ChartDrawing.Lines(labels, ("queued", Yellow, Of(x => x.Queued)), ("running", Blue, Of(x => x.Running))),
            ChartDrawing.Lines(labels, ("average of the jobs that began", Violet, Of(x => Math.Round((x.WaitSeconds ?? 0) / 60, 2)))),
            ChartDrawing.Lines(labels, ("per second", Violet, Of(PerSecond))));

        // A count below zero would be a change that the log did not tell.
        double[] Of(Func<FleetMinute, double> value) => [.. minutes.Select(x => Math.Max(0, value(x)))];

        // The last minute is not over yet.
        double PerSecond(FleetMinute minute) => Math.Round(minute.Events / Math.Clamp((now - minute.Begin).TotalSeconds, 1, 60), 2);
    }
}
