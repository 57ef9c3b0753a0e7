namespace Garm.Data.Model;

/// <summary>The states of a job; they only go forward.</summary>
public static class JobStatuses
{
    public const string Queued = "queued";
    public const string InProgress = "in_progress";
    public const string Completed = "completed";

    private static readonly string[] InOrder = [Queued, InProgress, Completed];

    /// <summary>Every status, in order.</summary>
    public static IReadOnlyList<string> All => InOrder;

    /// <summary>Whether the transition is valid; staying in a state is, because forges deliver more than once.</summary>
    public static bool MayFollow(string current, string next) =>
        Array.IndexOf(InOrder, next) is >= 0 and var place && place >= Array.IndexOf(InOrder, current);
}
