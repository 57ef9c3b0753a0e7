using System.Text;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Sessions;

// What the client asks for, and what it is told besides events.
public sealed partial class EventSessionActor
{
    /// <summary>Takes a client's message; true when the session has to begin, or begin anew, with what it says.</summary>
    private bool ReadOptions(ReadOnlyMemory<byte> message)
    {
        var outcome = EventOptionsReader.Read(message, out var options, out var problem, _filter.MaxFilters, _cursor.IsOn);
        if (options is not null)
        {
            _cursor.Apply(options);
            if (options.Cursor is not null) _token.OnCursorMode();
            if (options.Token is { } token) _token.Renew(token);
        }

        switch (outcome)
        {
            case EventOptionsOutcome.Malformed or EventOptionsOutcome.Invalid when _cursor.IsOn:
                _cursor.Error(EventErrorCodes.InvalidFilter, problem);
                return false;
            case EventOptionsOutcome.TooMany when _cursor.IsOn:
                _cursor.Error(EventErrorCodes.InvalidFilter, _filter.TooMany);
                return false;
            case EventOptionsOutcome.TooMany:
                Refuse(Encoding.UTF8.GetBytes(_filter.TooMany));
                return false;
            case EventOptionsOutcome.Malformed:
                Refuse("failed to unmarshal filter"u8);
                return false;
            case EventOptionsOutcome.Invalid:
                Refuse("invalid filter"u8);
                return false;
            case EventOptionsOutcome.Ignored when options?.Cursor is null:
                return false;
            case EventOptionsOutcome.Ignored when !_filter.IsSet:
                _cursor.Error(EventErrorCodes.InvalidFilter, "the message says where to begin and not what is wanted: \"filters\" or \"send-everything\" is missing");
                return false;
        }

        return Accept(outcome, options!);
    }

    private bool Accept(EventOptionsOutcome outcome, EventOptions options)
    {
        if (outcome == EventOptionsOutcome.Accepted) _filter.Replace(EventFilter.Of(options));
        if (options.Cursor is { } cursor) return StartFrom(cursor);
        if (!_needsCursor) return true;
        _cursor.Error(EventErrorCodes.InvalidFilter, "\"cursor\" is missing: \"now\", \"earliest\" or a cursor");
        return false;
    }

    /// <summary>Notes where the client wants to begin; false when there is no such place.</summary>
    private bool StartFrom(string cursor)
    {
        _start = cursor switch
        {
            "now" => SessionStart.Now,
            "earliest" => SessionStart.Earliest,
            _ when EventCursor.TryDecode(cursor, out var place) => new SessionStart(place),
            _ => null,
        };
        if (_start is not null)
        {
            _needsCursor = false; // Also while the user is not confirmed, and it begins only later.
            return true;
        }

        FailCursor(EventErrorCodes.CursorUnknown, ControlFrame.Error(
            EventErrorCodes.CursorUnknown, "this is no cursor of this hub's; accepted are \"now\", \"earliest\" or a cursor that it gave"));
        return false;
    }

    private void Refuse(ReadOnlySpan<byte> text)
    {
        outbound.TryEnqueue(WireFrame.Text(text));
        Close(SessionCloseReason.BadMessage);
    }

    /// <summary>The last word to a client with a cursor, before the close frame.</summary>
    private void SayWhy(SessionCloseReason reason)
    {
        var cursor = _place is { } place ? EventCursor.Encode(place) : null;
        if (reason == SessionCloseReason.GoingAway)
            _cursor.Say(ControlFrame.GoingAway(cursor, options.ReturnSpread * Random.Shared.NextDouble()));
        else if (reason == SessionCloseReason.SlowConsumer)
            _cursor.Say(ControlFrame.SlowConsumer("the client reads too slowly; resume from the cursor", cursor));
    }
}
