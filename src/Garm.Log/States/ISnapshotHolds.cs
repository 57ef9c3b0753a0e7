namespace Garm.Log.States;

/// <summary>Keeps retention from what follows the snapshots that this node is sending.</summary>
public interface ISnapshotHolds
{
    /// <summary>Holds what follows the place, for this long or until the next call; one place a node.</summary>
    Task HoldAsync(LogPosition place, TimeSpan timeToLive, CancellationToken cancellation);

    /// <summary>Holds nothing any more.</summary>
    Task ReleaseAsync(CancellationToken cancellation);
}
