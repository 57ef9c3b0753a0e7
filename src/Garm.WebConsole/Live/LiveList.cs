namespace Garm.WebConsole.Live;

/// <summary>What a live page keeps: the newest events, bounded in number and in bytes, so that an hour of it costs what a minute does.</summary>
internal sealed class LiveList
{
    public const int MostEvents = 200;
    public const int MostBytes = 300 * 1024;

    private readonly LinkedList<LiveEvent> _events = [];
    private long _bytes;

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
        _bytes += added.Payload.Length;
        while (_events.Count > MostEvents || (_bytes > MostBytes && _events.Count > 1))
        {
            _bytes -= _events.Last!.Value.Payload.Length;
            _events.RemoveLast();
        }
    }

    public void Clear()
    {
        _events.Clear();
        _bytes = 0;
    }
}
