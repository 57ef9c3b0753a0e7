namespace Garm.Data.Model;

/// <summary>The states of a scale set.</summary>
public static class ScaleSetStates
{
    public const string PendingCreate = "pending_create";
    public const string Created = "created";
    public const string Error = "error";
    public const string PendingDelete = "pending_delete";
    public const string PendingForceDelete = "pending_force_delete";

    /// <summary>Every state.</summary>
    public static IReadOnlyList<string> All { get; } = [PendingCreate, Created, Error, PendingDelete, PendingForceDelete];
}
