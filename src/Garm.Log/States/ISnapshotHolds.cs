namespace Garm.Log.States;

/// <summary>Keeps retention from deleting the changes after the snapshots that this node sends.</summary>
public interface ISnapshotHolds
{
    /// <summary>Keeps the changes after the place for this duration or until the next call; a node has one place.</summary>
    Task HoldAsync(LogPosition place, TimeSpan timeToLive, CancellationToken cancellation);

    /// <summary>Releases the hold.</summary>
    Task ReleaseAsync(CancellationToken cancellation);
}
