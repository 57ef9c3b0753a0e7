using Garm.Contracts.Events;

namespace Garm.Log.Sources;

/// <summary>Names a mirrored entity within its source.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its key as text, as in the log.</param>
public readonly record struct MirrorKey(EntityType Type, string Id);

/// <summary>What became of an entity of a source, as the server said it.</summary>
/// <param name="Key">The entity.</param>
/// <param name="Payload">
/// UTF-8 JSON, which goes on as it is. Empty for a deletion that no event reported: the log then has the entity's last state.
/// </param>
/// <param name="IsDeletion">Whether it is gone.</param>
/// <param name="IsListed">
/// Whether a list or a question brought it, which say how the entity is now; an event may be late, and is passed over when it is
/// older than the mirror.
/// </param>
public sealed record MirrorChange(MirrorKey Key, ReadOnlyMemory<byte> Payload, bool IsDeletion, bool IsListed);

/// <summary>What a write did to the mirror.</summary>
/// <param name="Created">The entities that were new.</param>
/// <param name="Updated">The entities that differed.</param>
/// <param name="Deleted">The entities that were there.</param>
public sealed record MirrorWritten(IReadOnlyList<MirrorKey> Created, IReadOnlyList<MirrorKey> Updated, IReadOnlyList<MirrorKey> Deleted)
{
    /// <summary>How many rows the log got.</summary>
    public int Count => Created.Count + Updated.Count + Deleted.Count;
}

/// <summary>A mirrored entity as it is in the table of current states.</summary>
public sealed record MirroredState(MirrorKey Key, ReadOnlyMemory<byte> Payload);

/// <summary>The mirror of a source: its rows of the current states, and the log's.</summary>
public interface ISourceMirror
{
    /// <summary>The keys of a type after one, ascending, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<string>> ReadKeysAsync(string source, EntityType type, string after, int limit, CancellationToken cancellation);

    /// <summary>The entities with these keys, as far as they are there.</summary>
    Task<IReadOnlyList<MirroredState>> FindAsync(
        string source, EntityType type, IReadOnlyCollection<string> ids, CancellationToken cancellation);

    /// <summary>
    /// Compares each change with the mirror, and writes those that make a difference, in one transaction: log rows, states. Null, and
    /// nothing is written, when the lease is another's.
    /// </summary>
    /// <param name="lease">Of the source.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="changes">Each of another entity.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<MirrorWritten?> WriteAsync(
        SourceLease lease, string source, IReadOnlyList<MirrorChange> changes, CancellationToken cancellation);
}
