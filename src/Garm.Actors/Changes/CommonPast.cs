using System.Collections.Immutable;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// Another history, and where what this node sent still agrees with it: what follows that place in the log is new to those
/// who listen here.
/// </summary>
/// <param name="Head">Where the other history ends.</param>
/// <param name="Agreed">The place in it.</param>
internal sealed record OtherHistory(LogPlace Head, LogPlace Agreed);

/// <summary>Finds the place up to which two histories are the same.</summary>
internal static class CommonPast
{
    /// <summary>
    /// Looks for the last of these places that the log has with the same past. As the past of a place is the past of all
    /// before it too, a few reads of one row find it. When not even the first is there, everything from it on is new, and how
    /// much before it is, nobody here knows any more.
    /// </summary>
    /// <param name="reader">The log as it is now.</param>
    /// <param name="head">Its end, of the new epoch.</param>
    /// <param name="sent">Places of the old history, ascending, at least one.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<OtherHistory> FindAsync(
        IChangeLogReader reader, LogPlace head, ImmutableArray<LogPlace> sent, CancellationToken cancellation)
    {
        var (agreed, differs) = (-1, sent.Length);
        while (differs - agreed > 1)
        {
            var middle = (agreed + differs) / 2;
            if (await IsInLogAsync(reader, head, sent[middle], cancellation).ConfigureAwait(false)) agreed = middle;
            else differs = middle;
        }

        if (agreed >= 0) return new OtherHistory(head, sent[agreed] with { Epoch = head.Epoch });
        var before = new LogPosition(Math.Max(0, sent[0].Position.Value - 1));
        return new OtherHistory(head, before >= head.Position ? head : await PlaceAsync(reader, head, before, cancellation).ConfigureAwait(false));
    }

    private static async Task<bool> IsInLogAsync(
        IChangeLogReader reader, LogPlace head, LogPlace place, CancellationToken cancellation) =>
        place.Position < head.Position
            ? (await PlaceAsync(reader, head, place.Position, cancellation).ConfigureAwait(false)) is var there
                && there.Position == place.Position && there.Chain == place.Chain
            : place.Position == head.Position && place.Chain == head.Chain;

    /// <summary>The place at this position; a later one when retention has taken what follows it, and at the end the head.</summary>
    private static async Task<LogPlace> PlaceAsync(
        IChangeLogReader reader, LogPlace head, LogPosition position, CancellationToken cancellation)
    {
        var next = await reader.ReadAfterAsync(position, 1, cancellation).ConfigureAwait(false);
        return next is [var change]
            ? new LogPlace(head.Epoch, new LogPosition(change.Position.Value - 1), change.ChainBefore)
            : head;
    }
}
