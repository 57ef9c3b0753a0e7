using System.Threading.Channels;

namespace Garm.Host.Logs;

/// <summary>
/// The bounded queue of one client that follows the log. Records that do not fit are dropped and counted, and the client gets the
/// count.
/// </summary>
internal sealed class LogFollower(LogStream stream) : IDisposable
{
    /// <summary>Most records in the queue, as in GARM.</summary>
    public const int MaxRecords = 1024;

    private readonly Channel<byte[]> _records = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MaxRecords) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _leftOut;

    /// <summary>Queues a record, or counts it as dropped.</summary>
    public void Offer(byte[] record)
    {
        if (!_records.Writer.TryWrite(record)) Interlocked.Increment(ref _leftOut);
    }

    /// <summary>Waits for the next record.</summary>
    public ValueTask<byte[]> NextAsync(CancellationToken cancellation) => _records.Reader.ReadAsync(cancellation);

    /// <summary>The number of records dropped since the last call.</summary>
    public long TakeLeftOut() => Interlocked.Exchange(ref _leftOut, 0);

    /// <inheritdoc />
    public void Dispose() => stream.Leave(this);
}
