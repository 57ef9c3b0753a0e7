using System.Collections.Immutable;
using Garm.Actors.Changes;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Feeds;

/// <summary>A change of the history that passes the filter.</summary>
/// <param name="Change">The change.</param>
/// <param name="Move">How it moved the entity relative to the filter.</param>
public readonly record struct HistoryEvent(RelayedChange Change, FilterMove Move);

/// <summary>A page of the event history.</summary>
/// <param name="Events">The changes that pass the filter, in order.</param>
/// <param name="Place">Where the next page begins.</param>
/// <param name="More">Whether the log had more changes when it was read.</param>
public sealed record HistoryPage(ImmutableArray<HistoryEvent> Events, LogPlace Place, bool More)
{
    /// <summary>Why there is no page; null when there is one.</summary>
    public FeedRefusal? Refusal { get; init; }
}

/// <summary>
/// Reads the event history in pages: with an <see cref="EventFeed"/> that catches up from the log alone, until the page is full or
/// the end of the log is reached.
/// </summary>
public static class HistoryReader
{
    private const int PageSize = 500;

    // A filter that matches nothing must not read the whole log for one answer.
    private const int MaxPages = 10;

    /// <summary>Reads the page after a place.</summary>
    /// <param name="log">The log.</param>
    /// <param name="after">The place: <c>now</c>, <c>earliest</c> or a cursor.</param>
    /// <param name="filter">Which changes.</param>
    /// <param name="limit">Most events of the page, at least 1.</param>
    /// <param name="cancellation">Cancels the read.</param>
    public static async Task<HistoryPage> ReadAsync(
        IChangeLogReader log, string after, EventFilter filter, int limit, CancellationToken cancellation)
    {
        var answer = new Answer(limit);
        var feed = new EventFeed(answer) { TellsCursors = true };
        feed.On(FeedOpened.Instance);
        var (place, last, pages) = (default(LogPlace), default(LogPosition), 0);
        for (var actions = feed.On(new FeedAsk(filter, after)); ;)
        {
            switch (actions.FirstOrDefault(x => x is not FeedAction.Plain))
            {
                case FeedAction.Resume resume: // There is no relay here; the log has the same changes.
                    actions = feed.On(new NotRecent(resume.Round));
                    continue;
                case FeedAction.BeginSnapshot:
                    return new HistoryPage([], default, More: false) { Refusal = FeedRefusal.NoSnapshot };
                case FeedAction.Subscribe:
                    return Page(await log.ReadHeadAsync(cancellation).ConfigureAwait(false), more: false);
                case FeedAction.ReadPage read when pages < MaxPages && (pages == 0 || place.Position < last):
                    pages++;
                    var page = await LogPageReads.ReadAsync(log, read.After, PageSize, cancellation).ConfigureAwait(false);
                    actions = feed.On(page with { Round = read.Round });
                    (place, last) = (feed.Place ?? place, page.Range.Last);
                    continue;

                // The rest was pruned during the read. The events before it are still a complete page.
                case FeedAction.End when answer.Events.Count > 0:
                    break;
                case FeedAction.End end:
                    return new HistoryPage([], default, More: false) { Refusal = end.Refusal };
                case FeedAction.Refuse refuse:
                    return new HistoryPage([], default, More: false) { Refusal = refuse.Refusal };
            }

            return Page(place, place.Position < last);
        }

        HistoryPage Page(LogPlace upTo, bool more) => new(answer.Events.ToImmutable(), upTo, more);
    }

    private sealed class Answer(int limit) : IFeedSink
    {
        public ImmutableArray<HistoryEvent>.Builder Events { get; } = ImmutableArray.CreateBuilder<HistoryEvent>();

        public SinkRoom Take(RelayedChange change, FilterMove move, RelayedChanges? live)
        {
            Events.Add(new HistoryEvent(change, move));
            return Events.Count < limit ? SinkRoom.More : SinkRoom.Last;
        }

        public bool TryGetShared(RelayedChanges live, EventKinds kinds, out ImmutableArray<JoinedFrames> shared)
        {
            shared = [];
            return false;
        }

        public bool TryTake(JoinedFrames run, RelayedChanges live) => false;

        public bool TryTake(EntityStateRow row) => false;
    }
}
