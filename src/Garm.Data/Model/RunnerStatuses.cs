namespace Garm.Data.Model;

/// <summary>The states of a runner and their transitions, as in GARM.</summary>
public static class RunnerStatuses
{
    public const string Pending = "pending";
    public const string Installing = "installing";
    public const string Idle = "idle";
    public const string Active = "active";
    public const string Offline = "offline";
    public const string Failed = "failed";
    public const string Terminated = "terminated";

    private static readonly Dictionary<string, string[]> Following = new()
    {
        // A forge may report that a job started before the runner itself reports that it is idle.
        [Pending] = [Installing, Active, Failed, Terminated],
        [Installing] = [Idle, Active, Offline, Failed, Terminated],
        [Idle] = [Active, Offline, Terminated],
        [Active] = [Terminated],
        [Offline] = [Idle, Active, Terminated],
        [Failed] = [Terminated],
        [Terminated] = [],
    };

    /// <summary>Every status.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Following.Keys];

    /// <summary>The next states, in the usual order; none after an unknown text.</summary>
    public static IReadOnlyList<string> After(string status) => Following.GetValueOrDefault(status) ?? [];

    /// <summary>Whether the transition is valid; staying in a state always is.</summary>
    public static bool MayFollow(string current, string next) => current == next || After(current).Contains(next);
}
