namespace Garm.Data.Model;

/// <summary>The states of a machine and their transitions, as in GARM.</summary>
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

        // GARM's own manager forces two transitions that its table lacks: a failed creation is retried, and so is a failed deletion.
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

    /// <summary>Every status.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Following.Keys];

    /// <summary>The next states, in the usual order; none after an unknown text.</summary>
    public static IReadOnlyList<string> After(string status) => Following.GetValueOrDefault(status) ?? [];

    /// <summary>Whether the transition is valid; staying in a state always is.</summary>
    public static bool MayFollow(string current, string next) => current == next || After(current).Contains(next);
}
