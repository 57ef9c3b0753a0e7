namespace Garm.WebConsole.Live;

/// <summary>What a live page keeps: the newest events, so that an hour of it costs what a minute does. Payloads are in the log.</summary>
internal sealed class LiveList
{
    // With more rows the buffers that a circuit keeps for the list are twice as large.
    public const int MostEvents = 80;

    private readonly LinkedList<LiveEvent> _events = [];

    /// <summary>The newest first.</summary>
    public IEnumerable<LiveEvent> Events => _events;

    /// <summary>How many there are.</summary>
    public int Count => _events.Count;

    /// <summary>How many came in all.</summary>
    public long Seen { get; private set; }

    public void Add(LiveEvent added)
    {
        Seen++;
        _events.AddFirst(added);
        if (_events.Count > MostEvents) _events.RemoveLast();
    }

    public void Clear() => _events.Clear();
}
