using System.Threading.Channels;

namespace Garm.Host.Logs;

/// <summary>
/// What waits for one client that follows the log: bounded, so that a slow one costs no more. What has no room is left out, and
/// counted for the client to be told.
/// </summary>
internal sealed class LogFollower(LogStream stream) : IDisposable
{
    /// <summary>As many records as GARM keeps for a client.</summary>
    public const int MaxRecords = 1024;

    private readonly Channel<byte[]> _records = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MaxRecords) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _leftOut;

    /// <summary>Takes a record, if there is room for it.</summary>
    public void Offer(byte[] record)
    {
        if (!_records.Writer.TryWrite(record)) Interlocked.Increment(ref _leftOut);
    }

    /// <summary>The next record; waits until there is one.</summary>
    public ValueTask<byte[]> NextAsync(CancellationToken cancellation) => _records.Reader.ReadAsync(cancellation);

    /// <summary>How many records were left out since it was asked last.</summary>
    public long TakeLeftOut() => Interlocked.Exchange(ref _leftOut, 0);

    /// <inheritdoc />
    public void Dispose() => stream.Leave(this);
}
