namespace Garm.WebConsole.Live;

/// <summary>
/// Reads the lines of all live pages of the node, each line once: sessions that show the same event get the same bytes, and their pages
/// then share what was read of it. Thread-safe.
/// </summary>
internal sealed class LiveLines
{
    private const int Most = 512;
    private const int MostBytes = 1024 * 1024;

    private readonly Lock _gate = new();

    // By where the bytes are in memory: a key keeps them there, so no other line can have the same place.
    private readonly Dictionary<ReadOnlyMemory<byte>, LiveLine> _read = [];
    private readonly Queue<ReadOnlyMemory<byte>> _order = new();
    private long _bytes;

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
            _bytes += line.Length;
            while (_order.Count > Most || _bytes > MostBytes)
            {
                var oldest = _order.Dequeue();
                _read.Remove(oldest);
                _bytes -= oldest.Length;
            }

            return read;
        }
    }
}
