namespace Garm.Data.Model;

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

    /// <summary>Every status.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Following.Keys];

    /// <summary>What may follow, in the order of a life; nothing after an unknown text.</summary>
    public static IReadOnlyList<string> After(string status) => Following.GetValueOrDefault(status) ?? [];

    /// <summary>Whether the move is one; staying is.</summary>
    public static bool MayFollow(string current, string next) => current == next || After(current).Contains(next);
}
