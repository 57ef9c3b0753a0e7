using System.Text;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Sessions;

/// <summary>A session's filter while its client may replace it at any moment.</summary>
internal sealed class SessionFilter(int maxFilters)
{
    private EventFilter _filter = EventFilter.NotYet;

    // What the relay sends without a hole. After a filter was replaced, kinds that are new in it begin with the relay's
    // reply, not with whatever shares a batch with the kinds of the filter before. Before the first reply nothing comes
    // that was not asked for.
    private EventKinds _promised = EventKinds.All;

    /// <summary>Whether the client has sent a filter.</summary>
    public bool IsSet => _filter.IsSet;

    /// <summary>What a client is told whose message has more filters than it may.</summary>
    public ReadOnlySpan<byte> TooMany => Encoding.UTF8.GetBytes($"too many filters: at most {maxFilters} in one message");

    /// <summary>What to ask the relay for.</summary>
    public EventKinds Kinds => _filter.Kinds;

    /// <summary>Takes a client's message, which replaces the filter when it is accepted.</summary>
    public EventOptionsOutcome Read(ReadOnlyMemory<byte> message)
    {
        var outcome = EventOptionsReader.Read(message, out var options, maxFilters);
        if (outcome == EventOptionsOutcome.Accepted) _filter = EventFilter.Of(options!);
        return outcome;
    }

    /// <summary>The relay sends these kinds from now on; returns whether they are what the filter needs.</summary>
    public bool Promise(EventKinds kinds)
    {
        _promised = kinds;
        return kinds == Kinds;
    }

    /// <summary>Whether the change is to be sent.</summary>
    public bool Matches(Change change) => _filter.Matches(change) && _promised.Contains(change.Kind);
}
