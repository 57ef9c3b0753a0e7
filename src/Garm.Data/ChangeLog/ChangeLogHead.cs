using Garm.Log;

namespace Garm.Data.ChangeLog;

/// <summary>The log's one-row head.</summary>
internal sealed class ChangeLogHead
{
    /// <summary>Locks the head as an append does, without taking positions.</summary>
    internal const string LockSql = "UPDATE change_log_head SET next_position = next_position WHERE id = 1";

    /// <summary>Always 1.</summary>
    public int Id { get; init; }

    /// <summary>See <see cref="LogEpoch"/>.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>The position that the next change gets.</summary>
    public long NextPosition { get; init; }

    /// <summary>The <see cref="LogChain"/> after the last change.</summary>
    public long Chain { get; init; }

    /// <summary>
    /// The position up to which <c>entity_states</c> has every change. Each write of this build's nodes raises it; a write of an older node
    /// does not. Null until the table is filled.
    /// </summary>
    public long? StatePosition { get; init; }

    /// <summary>The head as a place.</summary>
    internal LogPlace ToHead() => new(new LogEpoch(Epoch), new LogPosition(NextPosition - 1), new LogChain(Chain));
}
