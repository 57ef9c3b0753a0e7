using System.Collections.Immutable;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// A switch to the epoch of a restored database. The changes after <paramref name="Agreed"/> are new to this node's readers.
/// </summary>
/// <param name="Head">The end of the new history.</param>
/// <param name="Agreed">The last place that both histories have, as a place of the new epoch.</param>
internal sealed record EpochSwitch(LogPlace Head, LogPlace Agreed);

/// <summary>Finds the divergence point of two histories: the last place that both have.</summary>
internal static class CommonHistory
{
    /// <summary>
    /// Finds the last of these places that the log has with the same chain. A chain stands for everything before it, so a binary
    /// search finds the place with a few reads of one row. When the log does not have the first one, the result is the place
    /// before it: this node no longer knows older places.
    /// </summary>
    /// <param name="reader">Reads the log.</param>
    /// <param name="head">Its end, in the new epoch.</param>
    /// <param name="sent">Places of the former epoch, ascending, at least one.</param>
    /// <param name="cancellation">Cancels the read.</param>
    public static async Task<EpochSwitch> FindAsync(
        IChangeLogReader reader, LogPlace head, ImmutableArray<LogPlace> sent, CancellationToken cancellation)
    {
        var (agreed, differs) = (-1, sent.Length);
        while (differs - agreed > 1)
        {
            var middle = (agreed + differs) / 2;
            if (await IsInLogAsync(reader, head, sent[middle], cancellation).ConfigureAwait(false)) agreed = middle;
            else differs = middle;
        }

        if (agreed >= 0) return new EpochSwitch(head, sent[agreed] with { Epoch = head.Epoch });
        var before = new LogPosition(Math.Max(0, sent[0].Position.Value - 1));
        return new EpochSwitch(head, before >= head.Position ? head : await PlaceAsync(reader, head, before, cancellation).ConfigureAwait(false));
    }

    private static async Task<bool> IsInLogAsync(
        IChangeLogReader reader, LogPlace head, LogPlace place, CancellationToken cancellation) =>
        place.Position < head.Position
            ? (await PlaceAsync(reader, head, place.Position, cancellation).ConfigureAwait(false)) is var there
                && there.Position == place.Position && there.Chain == place.Chain
            : place.Position == head.Position && place.Chain == head.Chain;

    /// <summary>The place at this position; a later one where retention has pruned, and the head at the end.</summary>
    private static async Task<LogPlace> PlaceAsync(
        IChangeLogReader reader, LogPlace head, LogPosition position, CancellationToken cancellation)
    {
        var next = await reader.ReadAfterAsync(position, 1, cancellation).ConfigureAwait(false);
        return next is [var change]
            ? new LogPlace(head.Epoch, new LogPosition(change.Position.Value - 1), change.ChainBefore)
            : head;
    }
}
