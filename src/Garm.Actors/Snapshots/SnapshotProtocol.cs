using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Snapshots;

/// <summary>
/// Query to <see cref="SnapshotsActor"/>: the place of a new snapshot. The changes after it stay in the log until the sender sends
/// <see cref="EndSnapshot"/> or stops. Answered by <see cref="SnapshotBegun"/> or <see cref="StatesFailed"/>.
/// </summary>
/// <param name="Round">Echoed in the reply.</param>
internal sealed record BeginSnapshot(long Round) : ILocalMessage;

/// <summary>Reply to <see cref="BeginSnapshot"/>.</summary>
/// <param name="Round">Echoed from the request.</param>
/// <param name="Place">The place.</param>
internal sealed record SnapshotBegun(long Round, LogPlace Place) : ILocalMessage;

/// <summary>Query to <see cref="SnapshotsActor"/>: some rows. Answered by <see cref="StatesRead"/> or <see cref="StatesFailed"/>.</summary>
/// <param name="Range">Which rows.</param>
/// <param name="After">The key of the last row that the sender has; empty for none.</param>
/// <param name="Round">Echoed in the reply.</param>
internal sealed record ReadStates(StateRange Range, string After, long Round) : ILocalMessage;

/// <summary>Reply to <see cref="ReadStates"/>.</summary>
internal sealed record StatesRead(long Round, EntityStatePage Page) : ILocalMessage;

/// <summary>Reply to either query: the database did not answer. Ask again later.</summary>
internal sealed record StatesFailed(long Round) : ILocalMessage;

/// <summary>Command to <see cref="SnapshotsActor"/>: the sender no longer needs the changes after its snapshot's place. No reply.</summary>
internal sealed record EndSnapshot : ILocalMessage
{
    /// <summary>The single instance.</summary>
    public static EndSnapshot Instance { get; } = new();
}

/// <summary>Settings of <see cref="SnapshotsActor"/>.</summary>
public sealed record SnapshotOptions
{
    /// <summary>How many pages are read at once on this node. Default 2, so that writers keep most of the database.</summary>
    public int Readers { get; init; } = 2;

    /// <summary>Most rows of a page. Default 500.</summary>
    public int PageRows { get; init; } = 500;

    /// <summary>Most bytes of a page's payloads. Default 512 KiB.</summary>
    public int PageBytes { get; init; } = 512 * 1024;

    /// <summary>
    /// How long reads of pages pause, in relation to how long they took: 1 for as long. Live events are sent meanwhile, which one reader that
    /// takes snapshots as fast as it can would delay. Default 3.5, which leaves some 60,000 rows/s (docs/performance.md).
    /// </summary>
    public double PauseRatio { get; init; } = 3.5;

    /// <summary>How long a read may take, not including the filling of an older database's table. Default 30 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the hold on the log is renewed; it lasts for six times as long. Default 10 s.</summary>
    public TimeSpan HoldPeriod { get; init; } = TimeSpan.FromSeconds(10);
}
