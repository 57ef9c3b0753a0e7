using Garm.Log;

namespace Garm.Data.ChangeLog;

/// <summary>A row of the change log.</summary>
internal sealed class ChangeLogEntry
{
    /// <summary>See <see cref="LogPosition"/>.</summary>
    public long Position { get; init; }

    /// <summary>Names the transaction: a retry of the same one is recognised by it and not logged twice.</summary>
    public Guid CommitId { get; init; }

    /// <summary>The change's place in its commit, from 0.</summary>
    public int CommitIndex { get; init; }

    /// <summary>Whether it is the commit's last change.</summary>
    public bool CommitLast { get; init; }

    /// <summary>The wire name.</summary>
    public string EntityType { get; init; } = "";

    /// <summary>The wire name.</summary>
    public string Operation { get; init; } = "";

    public string EntityId { get; init; } = "";

    /// <summary>JSON; kept as text so that an operator can read the log.</summary>
    public string Payload { get; init; } = "";

    /// <summary>See <see cref="Change.LastState"/>; null where the payload says it all.</summary>
    public string? LastState { get; init; }

    public DateTime CommittedAt { get; init; }

    /// <summary>See <see cref="LogChain"/>: up to the end of this commit.</summary>
    public long Chain { get; init; }
}
