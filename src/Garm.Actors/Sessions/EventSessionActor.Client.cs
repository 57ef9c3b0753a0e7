using System.Text;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.WebSockets;

namespace Garm.Actors.Sessions;

// The client's messages, and the answers to them.
public sealed partial class EventSessionActor
{
    /// <summary>Reads a client's message; returns the request for the feed, or null when the message contains none.</summary>
    private FeedAsk? ReadOptions(ReadOnlyMemory<byte> message)
    {
        var outcome = EventOptionsReader.Read(message, out var read, out var problem, options.MaxFilters, _cursor.IsOn);
        if (read is not null)
        {
            _cursor.Apply(read);
            _feed.TellsCursors = _cursor.IsOn;
            if (read.Cursor is not null) _token.OnCursorMode();
            if (read.Token is { } token) _token.Renew(token);
        }

        if (outcome == EventOptionsOutcome.Accepted) _filterText = SessionFilterText.Of(message);
        switch (outcome)
        {
            case EventOptionsOutcome.Malformed or EventOptionsOutcome.Invalid when _cursor.IsOn:
                _cursor.Error(EventErrorCodes.InvalidFilter, problem);
                return null;
            case EventOptionsOutcome.TooMany when _cursor.IsOn:
                _cursor.Error(EventErrorCodes.InvalidFilter, TooManyFilters);
                return null;
            case EventOptionsOutcome.TooMany:
                Refuse(Encoding.UTF8.GetBytes(TooManyFilters));
                return null;
            case EventOptionsOutcome.Malformed:
                Refuse("failed to unmarshal filter"u8);
                return null;
            case EventOptionsOutcome.Invalid:
                Refuse("invalid filter"u8);
                return null;
            case EventOptionsOutcome.Ignored when read?.Cursor is null:
                return null;
            case EventOptionsOutcome.Ignored when !_feed.Filter.IsSet:
                _cursor.Error(EventErrorCodes.InvalidFilter, "the message has a cursor but no filter: \"filters\" or \"send-everything\" is missing");
                return null;
        }

        // The filter is kept, for the client's next message, which says where to begin.
        if (read!.Cursor is null && _feed.NeedsStart)
            _cursor.Error(EventErrorCodes.InvalidFilter, "\"cursor\" is missing: \"now\", \"earliest\", \"snapshot\" or a cursor");
        return new FeedAsk(outcome == EventOptionsOutcome.Accepted ? EventFilter.Of(read, grant.Source?.Source) : null, read.Cursor)
        {
            SnapshotOnExpired = read.SnapshotOnExpired,
        };
    }

    private SessionReport Describe() => new(
        id, StateOfFeed(), _feed.Phase == FeedPhase.Live ? null : (_feed.Place ?? _feed.SnapshotPlace)?.Position, outbound.Count, outbound.Bytes,
        _filterText);

    private string StateOfFeed() => _feed switch
    {
        { Filter.IsSet: false } => SessionStates.WaitingForFilter,
        { IsOpen: false } => SessionStates.WaitingForUser,
        { Phase: FeedPhase.Snapshotting } => SessionStates.Snapshot,
        { Phase: FeedPhase.CatchingUp } => SessionStates.CatchingUp,
        { Phase: FeedPhase.Live } => SessionStates.Live,
        { Phase: FeedPhase.FellBehind } => SessionStates.FellBehind,
        _ => SessionStates.WaitingForCursor,
    };

    private string TooManyFilters => $"too many filters: at most {options.MaxFilters} in one message";

    private void Refuse(ReadOnlySpan<byte> text)
    {
        outbound.TryEnqueue(FrameWriter.Text(text));
        Close(SessionCloseReason.BadMessage);
    }

    /// <summary>The last frame for a client with a cursor, before the close frame.</summary>
    private void SayWhy(SessionCloseReason reason)
    {
        var cursor = _feed.Place is { } place ? EventCursor.Encode(place) : null;
        if (reason == SessionCloseReason.GoingAway)
            _cursor.Say(ControlFrame.GoingAway(cursor, options.ReturnSpread * Random.Shared.NextDouble()));
        else if (reason == SessionCloseReason.SlowConsumer)
            _cursor.Say(ControlFrame.SlowConsumer("the client reads too slowly; resume from the cursor", cursor));
        else if (reason == SessionCloseReason.EndedByAdministrator)
            _cursor.Say(ControlFrame.SessionEnded("an administrator ended this session; it may be resumed from the cursor", cursor));
    }
}
