using Garm.Log;

namespace Garm.Data.ChangeLog;

/// <summary>A row of the change log.</summary>
internal sealed class ChangeLogEntry
{
    /// <summary>See <see cref="LogPosition"/>.</summary>
    public long Position { get; init; }

    /// <summary>Identifies the transaction: by it a commit that got no answer is found and not logged twice.</summary>
    public Guid CommitId { get; init; }

    /// <summary>The index of the change in its commit, from 0.</summary>
    public int CommitIndex { get; init; }

    /// <summary>Whether it is the last change of its commit.</summary>
    public bool CommitLast { get; init; }

    /// <summary>The wire name.</summary>
    public string EntityType { get; init; } = "";

    /// <summary>The wire name.</summary>
    public string Operation { get; init; } = "";

    public string EntityId { get; init; } = "";

    /// <summary>JSON; kept as text so that an operator can read the log.</summary>
    public string Payload { get; init; } = "";

    /// <summary>See <see cref="Change.LastState"/>; null when the payload has all fields.</summary>
    public string? LastState { get; init; }

    /// <summary>See <see cref="Change.Before"/>; null when it is not known, and for a change that is not an update.</summary>
    public string? Before { get; init; }

    /// <summary>See <see cref="Change.Source"/>.</summary>
    public string Source { get; init; } = "";

    public DateTime CommittedAt { get; init; }

    /// <summary>The <see cref="LogChain"/> after this commit.</summary>
    public long Chain { get; init; }
}
