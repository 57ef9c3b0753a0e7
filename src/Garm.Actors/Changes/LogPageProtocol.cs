using System.Collections.Immutable;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// Query to <see cref="LogPagesActor"/>: read the changes after a position. Answered by <see cref="LogPage"/> or
/// <see cref="LogPageFailed"/>.
/// </summary>
/// <param name="After">The position; null for the earliest that the log has.</param>
/// <param name="Round">Echoed in the reply.</param>
public sealed record ReadLogPage(LogPosition? After, long Round) : ILocalMessage;

/// <summary>Reply to <see cref="ReadLogPage"/>.</summary>
/// <param name="Round">Echoed from the request.</param>
/// <param name="Range">The extent of the log after the read.</param>
/// <param name="After">The position that the page follows.</param>
/// <param name="Changes">
/// Consecutive changes after <paramref name="After"/>. Empty when there are none, or when the next one was pruned:
/// <paramref name="Range"/> begins later then.
/// </param>
public sealed record LogPage(long Round, LogRange Range, LogPosition After, ImmutableArray<RelayedChange> Changes) : ILocalMessage
{
    /// <summary>Whether the next change was pruned.</summary>
    public bool IsExpired => Changes.IsEmpty && Range.Earliest > After;

    /// <summary>The place that the page follows.</summary>
    public LogPlace Place => Changes.IsEmpty ? Range.Start with { Position = After } : Changes[0].PlaceBefore;

    /// <summary>
    /// Whether the page continues this place. False when the place has another epoch, is ahead of the log, or has another chain:
    /// the database was restored from an older copy.
    /// </summary>
    public bool MayFollow(LogPlace place) =>
        place.Epoch == Range.Epoch && place.Position <= Range.Last
        && (Changes.IsEmpty ? place.Position < Range.Last || place.Chain == Range.Chain : place.Chain == Changes[0].PlaceBefore.Chain);
}

/// <summary>Reply to <see cref="ReadLogPage"/>: the read failed. Ask again later.</summary>
public sealed record LogPageFailed(long Round) : ILocalMessage;

/// <summary>Settings of <see cref="LogPagesActor"/>.</summary>
public sealed record LogPagesOptions
{
    /// <summary>
    /// How many pages are read at once on this node. Default 4. More end a mass reconnect sooner, at the expense of writers; one
    /// is slow when many clients return after a long absence.
    /// </summary>
    public int Readers { get; init; } = 4;

    /// <summary>Most changes of a page. Default 200. More take more memory, fewer more reads.</summary>
    public int PageSize { get; init; } = 200;

    /// <summary>How long a read may take. Default 10 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
