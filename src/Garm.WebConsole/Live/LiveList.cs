namespace Garm.WebConsole.Live;

/// <summary>What a live page keeps: the newest events, so that an hour of it costs what a minute does. Payloads are in the log.</summary>
internal sealed class LiveList
{
    /// <summary>The most that is kept.</summary>
    public const int MostEvents = 80;

    private readonly LiveEvent[] _events = new LiveEvent[MostEvents];
    private int _next;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many came in all.</summary>
    public long Seen { get; private set; }

    /// <summary>The newest first.</summary>
    public IEnumerable<LiveEvent> Events
    {
        get
        {
            for (var i = 1; i <= Count; i++) yield return _events[(_next - i + MostEvents) % MostEvents];
        }
    }

    /// <summary>Adds one; the oldest goes if there are too many.</summary>
    public void Add(LiveEvent added)
    {
        Seen++;
        _events[_next] = added;
        _next = (_next + 1) % MostEvents;
        Count = Math.Min(Count + 1, MostEvents);
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        Array.Clear(_events);
        Count = 0;
    }
}
