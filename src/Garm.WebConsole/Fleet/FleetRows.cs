namespace Garm.WebConsole.Fleet;

/// <summary>Names an entity over all sources.</summary>
/// <param name="Source">Where it is from; empty for the hub itself.</param>
/// <param name="Id">Its id, as text.</param>
public readonly record struct FleetKey(string Source, string Id);

/// <summary>What a runner does, in one word: GARM has a state of the machine and one of the runner.</summary>
public enum RunnerState : byte
{
    /// <summary>The machine is made, or the runner installs itself.</summary>
    Starting,

    /// <summary>It waits for a job.</summary>
    Idle,

    /// <summary>It works on a job.</summary>
    Active,

    /// <summary>The machine or the runner failed.</summary>
    Failed,

    /// <summary>It is being deleted, or has done its job.</summary>
    Ending,

    /// <summary>Stopped, offline, or a state that this build does not know.</summary>
    Other,
}

/// <summary>A runner.</summary>
/// <param name="Key">Which.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">What it does.</param>
/// <param name="Status">The machine's state, as GARM says it.</param>
/// <param name="RunnerStatus">The runner's.</param>
/// <param name="Group">The pool or scale set that it belongs to.</param>
/// <param name="CreatedAt">Its creation.</param>
/// <param name="UpdatedAt">Its last change.</param>
public sealed record RunnerRow(
    FleetKey Key, string Name, RunnerState State, string Status, string RunnerStatus, GroupKey Group, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>Names a pool or a scale set: their ids are not of one kind.</summary>
/// <param name="IsScaleSet">Which of the two.</param>
/// <param name="Key">Which of them.</param>
public readonly record struct GroupKey(bool IsScaleSet, FleetKey Key);

/// <summary>A pool or a scale set.</summary>
/// <param name="Key">Which.</param>
/// <param name="Name">The scale set's name; for a pool its labels, since pools have no name.</param>
/// <param name="Owner">The repository, organization, enterprise or forge instance.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="IsEnabled">Whether runners are made.</param>
/// <param name="Desired">How many runners should be there: a scale set's as the forge asks, a pool's idle ones.</param>
/// <param name="Max">Most runners.</param>
/// <param name="Labels">What jobs choose it by.</param>
public sealed record GroupRow(
    GroupKey Key, string Name, string Owner, string Provider, bool IsEnabled, long Desired, long Max, IReadOnlyList<string> Labels);

/// <summary>A job.</summary>
/// <param name="Key">Which.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status"><c>queued</c>, <c>in_progress</c>, <c>completed</c>.</param>
/// <param name="Conclusion">How it ended; empty before.</param>
/// <param name="Repository"><c>owner/name</c>.</param>
/// <param name="Runner">The runner that took it; empty for none.</param>
/// <param name="Labels">What it asks for.</param>
/// <param name="CreatedAt">When the hub or the source first heard of it.</param>
/// <param name="UpdatedAt">Its last change.</param>
public sealed record JobRow(
    FleetKey Key, string Name, string Status, string Conclusion, string Repository, string Runner, IReadOnlyList<string> Labels,
    DateTime CreatedAt, DateTime UpdatedAt)
{
    /// <summary>Whether it waits for a runner.</summary>
    public bool IsQueued => Status is JobStates.Queued;
}

/// <summary>The states of a job that the console counts.</summary>
internal static class JobStates
{
    public const string Queued = "queued";
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
}
