namespace Garm.WebConsole.Live;

/// <summary>
/// Reads the lines of all live pages of the node, each line once: sessions that show the same event get the same bytes, and their pages
/// then share what was read of it. Thread-safe.
/// </summary>
internal sealed class LiveLines
{
    private const int Most = 512;

    private readonly Lock _gate = new();

    // By the place of the bytes in memory, which is theirs for as long as they are here.
    private readonly Dictionary<ReadOnlyMemory<byte>, LiveLine> _read = [];
    private readonly Queue<ReadOnlyMemory<byte>> _order = new();

    /// <summary>Reads a line.</summary>
    /// <param name="line">UTF-8 JSON, which does not change.</param>
    public LiveLine Read(ReadOnlyMemory<byte> line)
    {
        lock (_gate)
        {
            if (_read.TryGetValue(line, out var known)) return known;
            var read = LiveLine.Read(line);
            _read[line] = read;
            _order.Enqueue(line);
            if (_order.Count > Most) _read.Remove(_order.Dequeue());
            return read;
        }
    }
}
