using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// The epochs that ended while this process ran, because an older copy of the database was restored. There is one entry for each
/// restore.
/// </summary>
internal sealed class FormerEpochs
{
    // The divergence point of each from the current epoch, as a place of the current one.
    private readonly Dictionary<LogEpoch, LogPlace> _parting = [];

    /// <summary>Notes an epoch switch.</summary>
    /// <param name="ended">The former epoch.</param>
    /// <param name="agreed">The divergence point, as a place of the new epoch.</param>
    public void Part(LogEpoch ended, LogPlace agreed)
    {
        // An older epoch has in common with the new one at most what it has in common with the one that ends, and what these two have in common.
        foreach (var (epoch, parting) in _parting.ToList()) _parting[epoch] = Earlier(parting, agreed);
        _parting[ended] = agreed;
        _parting.Remove(agreed.Epoch);
    }

    /// <summary>
    /// The place in the current epoch from which a reader at a place of a former epoch continues. Null when this node does not know
    /// that epoch.
    /// </summary>
    public LogPlace? PlaceNow(LogPlace former) =>
        _parting.TryGetValue(former.Epoch, out var parting) ? Earlier(former, parting) : null;

    // Both epochs are the same up to the divergence point, so a place before it exists in the current one too.
    private static LogPlace Earlier(LogPlace place, LogPlace parting) =>
        place.Position < parting.Position ? place with { Epoch = parting.Epoch } : parting;
}
