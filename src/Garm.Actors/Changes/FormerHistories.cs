using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// The histories that this node saw end, because an older copy of the database was restored: one entry for each time that
/// happens in the life of a process.
/// </summary>
internal sealed class FormerHistories
{
    // Where each parts from the present one, as a place of the present one.
    private readonly Dictionary<LogEpoch, LogPlace> _parting = [];

    /// <summary>A history ends, and another one begins where they agree last.</summary>
    /// <param name="ended">What ends.</param>
    /// <param name="agreed">The place, in what begins.</param>
    public void Part(LogEpoch ended, LogPlace agreed)
    {
        // An older history agrees with the one that begins no further than with the one that ends, nor than these two do.
        foreach (var (epoch, parting) in _parting.ToList()) _parting[epoch] = Earlier(parting, agreed);
        _parting[ended] = agreed;
        _parting.Remove(agreed.Epoch);
    }

    /// <summary>
    /// Where in the present history someone goes on who was at a place of a former one: everything after it is new to him.
    /// Null when this node does not know that history.
    /// </summary>
    public LogPlace? PlaceNow(LogPlace former) =>
        _parting.TryGetValue(former.Epoch, out var parting) ? Earlier(former, parting) : null;

    // Up to the parting both have the same past, so a place before it is good in the present history too.
    private static LogPlace Earlier(LogPlace place, LogPlace parting) =>
        place.Position < parting.Position ? place with { Epoch = parting.Epoch } : parting;
}
