namespace Garm.WebConsole.Fleet;

/// <summary>Says why a job waits: what the pools and scale sets that it could run in do.</summary>
public static class WaitReasons
{
    // Every runner has these without being told.
    private static readonly string[] Implied = ["self-hosted"];

    /// <summary>A pool or scale set that has all of the job's labels.</summary>
    /// <param name="Group">It.</param>
    /// <param name="Text">What it does.</param>
    public sealed record Reason(GroupSummary Group, string Text);

    /// <summary>The reasons, one a pool or scale set; none when no pool has the job's labels.</summary>
    public static IReadOnlyList<Reason> Of(JobRow job, IEnumerable<GroupSummary> groups) =>
        [.. groups.Where(x => CanRun(x.Row, job)).Select(x => new Reason(x, TextOf(x)))];

    /// <summary>Whether a pool or scale set has all labels that a job asks for, in its source.</summary>
    public static bool CanRun(GroupRow group, JobRow job) =>
        group.Key.Key.Source == job.Key.Source
        && job.Labels.Count > 0
        && job.Labels.All(label => Implied.Contains(label, StringComparer.OrdinalIgnoreCase)
            || group.Labels.Contains(label, StringComparer.OrdinalIgnoreCase));

    private static string TextOf(GroupSummary group)
    {
        if (!group.Row.IsEnabled) return "disabled: it makes no runners";
        if (group.Count(RunnerState.Idle) is > 0 and var idle) return $"{idle} idle: the forge gives the job to one of them";
        if (group.Count(RunnerState.Starting) is > 0 and var starting) return $"{starting} starting";
        if (group.Row.Max > 0 && group.Total >= group.Row.Max)
        {
            return group.Count(RunnerState.Failed) is > 0 and var failed
                ? $"full: {group.Total} of {group.Row.Max}, {failed} of them failed"
                : $"full: {group.Total} of {group.Row.Max}, {group.Count(RunnerState.Active)} active";
        }

        return "it has room, and no runner is being made";
    }
}
