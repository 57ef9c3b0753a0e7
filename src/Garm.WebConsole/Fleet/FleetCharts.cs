using System.Globalization;

namespace Garm.WebConsole.Fleet;

/// <summary>The lines of the fleet's charts, made of its last hour.</summary>
internal sealed class FleetCharts
{
    /// <summary>How old a drawing may be.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>The colours of the runners' states, in the order of <see cref="Runners"/>.</summary>
    public static string[] RunnerColours { get; } = ["#3b82f6", "#2e9e6b", "#e0a030", "#d64545", "#8a94a6"];

    /// <summary>The colours of <see cref="Jobs"/>.</summary>
    public static string[] JobColours { get; } = ["#e0a030", "#3b82f6"];

    /// <summary>The colour of a chart with one line.</summary>
    public static string[] OneColour { get; } = ["#7c5cd6"];

    /// <summary>The names of the minutes: every tenth one.</summary>
    public string[] Labels { get; private init; } = [];

    public IReadOnlyList<(string Name, double[] Values)> Runners { get; private init; } = [];

    public IReadOnlyList<(string Name, double[] Values)> Jobs { get; private init; } = [];

    public IReadOnlyList<(string Name, double[] Values)> Waits { get; private init; } = [];

    public IReadOnlyList<(string Name, double[] Values)> Events { get; private init; } = [];

    public static FleetCharts Of(FleetSummary fleet, DateTime now)
    {
        var minutes = fleet.Minutes;
        return new FleetCharts
        {
            Labels = [.. minutes.Select(x => x.Begin.Minute % 10 == 0 ? x.Begin.ToString("HH:mm", CultureInfo.InvariantCulture) : "")],
            Runners =
            [
                ("active", Of(x => x.Runners[(int)RunnerState.Active])),
                ("idle", Of(x => x.Runners[(int)RunnerState.Idle])),
                ("starting", Of(x => x.Runners[(int)RunnerState.Starting])),
                ("failed", Of(x => x.Runners[(int)RunnerState.Failed])),
                ("ending or offline", Of(x => x.Runners[(int)RunnerState.Ending] + x.Runners[(int)RunnerState.Other])),
            ],
            Jobs = [("queued", Of(x => x.Queued)), ("running", Of(x => x.Running))],
            Waits = [("average of the jobs that began", Of(x => Math.Round((x.WaitSeconds ?? 0) / 60, 2)))],
            Events = [("per second", Of(PerSecond))],
        };

        // A count below zero would be a change that the log did not tell.
        double[] Of(Func<FleetMinute, double> value) => [.. minutes.Select(x => Math.Max(0, value(x)))];

        // The last minute is not over yet.
        double PerSecond(FleetMinute minute) =>
            Math.Round(minute.Events / Math.Clamp((now - minute.Begin.UtcDateTime).TotalSeconds, 1, 60), 2);
    }
}
