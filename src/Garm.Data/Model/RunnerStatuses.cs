namespace Garm.Data.Model;

/// <summary>The states of a runner, and which may follow which; GARM's.</summary>
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
        // A forge can say that a job started before the runner itself said that it is idle.
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

    /// <summary>What may follow, in the order of a life; nothing after an unknown text.</summary>
    public static IReadOnlyList<string> After(string status) => Following.GetValueOrDefault(status) ?? [];

    /// <summary>Whether the move is one; staying is.</summary>
    public static bool MayFollow(string current, string next) => current == next || After(current).Contains(next);
}
