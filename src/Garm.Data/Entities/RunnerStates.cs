namespace Garm.Data.Entities;

/// <summary>The states of a machine, and which may follow which; GARM's.</summary>
public static class InstanceStatuses
{
    public const string PendingCreate = "pending_create";
    public const string Creating = "creating";
    public const string Running = "running";
    public const string Stopped = "stopped";
    public const string Error = "error";
    public const string PendingDelete = "pending_delete";
    public const string PendingForceDelete = "pending_force_delete";
    public const string Deleting = "deleting";
    public const string Deleted = "deleted";
    public const string Unknown = "unknown";

    private static readonly Dictionary<string, string[]> Following = new()
    {
        [PendingCreate] = [Creating, PendingDelete, PendingForceDelete],
        [Creating] = [Running, Error],
        [Running] = [Stopped, PendingDelete, PendingForceDelete, Unknown],
        [Stopped] = [Running, PendingDelete, PendingForceDelete, Unknown],

        // GARM's own manager forces two moves that its table lacks: a creation that failed is tried again, and so is a deletion.
        [Error] = [PendingCreate, PendingDelete, PendingForceDelete, Deleting, Unknown],
        [Deleting] = [Deleted, Error, PendingDelete],
        [PendingDelete] = [Deleting, PendingForceDelete],
        [PendingForceDelete] = [Deleting],
        [Deleted] = [],
        [Unknown] =
        [
            PendingCreate, Creating, Running, Stopped, Error, PendingDelete, PendingForceDelete, Deleting, Deleted,
        ],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Following.Keys];

    /// <summary>What may follow, in the order of a life; nothing after an unknown text.</summary>
    public static IReadOnlyList<string> After(string status) => Following.GetValueOrDefault(status) ?? [];

    /// <summary>Whether the move is one; staying is.</summary>
    public static bool MayFollow(string current, string next) => current == next || After(current).Contains(next);
}

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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Following.Keys];

    /// <summary>What may follow, in the order of a life; nothing after an unknown text.</summary>
    public static IReadOnlyList<string> After(string status) => Following.GetValueOrDefault(status) ?? [];

    /// <summary>Whether the move is one; staying is.</summary>
    public static bool MayFollow(string current, string next) => current == next || After(current).Contains(next);
}

/// <summary>The states of a job; they only go forward.</summary>
public static class JobStatuses
{
    public const string Queued = "queued";
    public const string InProgress = "in_progress";
    public const string Completed = "completed";

    private static readonly string[] InOrder = [Queued, InProgress, Completed];

    /// <summary>All of them, in the order of a life.</summary>
    public static IReadOnlyList<string> All => InOrder;

    /// <summary>Whether the move is one; staying is, since forges deliver more than once.</summary>
    public static bool MayFollow(string current, string next) =>
        Array.IndexOf(InOrder, next) is >= 0 and var place && place >= Array.IndexOf(InOrder, current);
}
