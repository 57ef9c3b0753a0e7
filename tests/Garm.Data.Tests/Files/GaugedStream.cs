namespace Garm.Data.Tests.Files;

/// <summary>
/// Generates its bytes as they are read, and counts at each read how many of the former ones were stored: bytes that are not
/// stored yet must be in the reader's memory.
/// </summary>
internal sealed class GaugedStream(long length, Func<Task<long>> storedBytes) : Stream
{
    private long _given;

    /// <summary>The most bytes that the reader ever had without having stored them.</summary>
    public long MostHeld { get; private set; }

    /// <summary>Fails after this number of bytes, as when a connection breaks.</summary>
    public long BreaksAt { get; init; } = long.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The bytes from an offset on.</summary>
    public static byte[] BytesAt(long place, int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)(((place + i) * 31) ^ ((place + i) >> 11));
        return bytes;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given >= BreaksAt) throw new IOException("the connection broke");
        MostHeld = Math.Max(MostHeld, _given - await storedBytes());
        var count = (int)Math.Min(buffer.Length, length - _given);
        BytesAt(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
