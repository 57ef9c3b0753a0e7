using System.Collections.Immutable;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// Query to <see cref="LogPagesActor"/>: what follows a place in the log. Answered by <see cref="LogPage"/> or
/// <see cref="LogPageFailed"/>.
/// </summary>
/// <param name="After">The place; null for the earliest that the log holds.</param>
/// <param name="Round">Comes back with the answer.</param>
public sealed record ReadLogPage(LogPosition? After, long Round) : ILocalMessage;

/// <summary>Reply to <see cref="ReadLogPage"/>.</summary>
/// <param name="Round">Of the question.</param>
/// <param name="Range">What the log held when the page had been read: at least what was there when it began.</param>
/// <param name="After">The place that the page follows.</param>
/// <param name="Changes">
/// Consecutive changes, the first of which follows <paramref name="After"/>. Empty when there is none, or when retention has
/// taken it: then <paramref name="Range"/> begins later.
/// </param>
public sealed record LogPage(long Round, LogRange Range, LogPosition After, ImmutableArray<RelayedChange> Changes) : ILocalMessage
{
    /// <summary>Whether retention has taken what follows the place.</summary>
    public bool IsExpired => Changes.IsEmpty && Range.Earliest > After;

    /// <summary>The place that the page follows, when it was asked for the earliest.</summary>
    public LogPlace Place => Changes.IsEmpty ? Range.Start with { Position = After } : Changes[0].PlaceBefore;

    /// <summary>
    /// Whether the log can have the place that the page was asked to follow. False for one of another history, ahead of the
    /// log, or with another past: the log was restored from an older copy and written on.
    /// </summary>
    public bool MayFollow(LogPlace place) =>
        place.Epoch == Range.Epoch && place.Position <= Range.Last
        && (Changes.IsEmpty ? place.Position < Range.Last || place.Chain == Range.Chain : place.Chain == Changes[0].PlaceBefore.Chain);
}

/// <summary>Reply to <see cref="ReadLogPage"/>: the database did not answer. Ask again later.</summary>
public sealed record LogPageFailed(long Round) : ILocalMessage;

/// <summary>Settings of <see cref="LogPagesActor"/>.</summary>
public sealed record LogPagesOptions
{
    /// <summary>
    /// How many pages are read at once on this node. Default 4. More empty the queue of a mass reconnect sooner and take the
    /// database from the writers; one is slow when many come back after a long absence.
    /// </summary>
    public int Readers { get; init; } = 4;

    /// <summary>Most changes of a page. Default 200. One makes a long absence slow; 10,000 is a burst of memory.</summary>
    public int PageSize { get; init; } = 200;

    /// <summary>How long a read may take. Default 10 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
