namespace Garm.WebConsole.Fleet;

/// <summary>The fleet at one moment, shared by all pages of the node.</summary>
public sealed record FleetSummary
{
    /// <summary>Nothing yet.</summary>
    public static FleetSummary Empty { get; } = new();

    /// <summary>Whether everything was read once.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Pools and scale sets.</summary>
    public IReadOnlyList<GroupSummary> Groups { get; init; } = [];

    /// <summary>Runners by <see cref="RunnerState"/>.</summary>
    public IReadOnlyList<int> Runners { get; init; } = new int[(int)RunnerState.Other + 1];

    /// <summary>Jobs that wait.</summary>
    public int Queued { get; init; }

    /// <summary>Jobs that run.</summary>
    public int Running { get; init; }

    /// <summary>The jobs that have waited for longest, the longest first; not all where many wait.</summary>
    public IReadOnlyList<JobRow> Queue { get; init; } = [];

    /// <summary>The job that has waited for longest; null when none waits.</summary>
    public JobRow? OldestQueued => Queue is [var oldest, ..] ? oldest : null;

    /// <summary>The last hour.</summary>
    public IReadOnlyList<FleetMinute> Minutes { get; init; } = [];

    /// <summary>Since when <see cref="Minutes"/> are known; null while the log is being read.</summary>
    public DateTimeOffset? MinutesSince { get; init; }

    /// <summary>How many runners there are.</summary>
    public int RunnerCount => Runners.Sum();
}

/// <summary>A pool or scale set with its runners.</summary>
/// <param name="Row">The pool or scale set.</param>
/// <param name="Runners">By <see cref="RunnerState"/>.</param>
public sealed record GroupSummary(GroupRow Row, IReadOnlyList<int> Runners)
{
    /// <summary>Runners in a state.</summary>
    public int Count(RunnerState state) => Runners[(int)state];

    /// <summary>All of its runners.</summary>
    public int Total => Runners.Sum();
}
