namespace Garm.Client.Events;

/// <summary>Joins the fragments of a message; grows as needed and is reused for the next message.</summary>
internal sealed class MessageBuffer(int maxBytes)
{
    private const int InitialBytes = 16 * 1024;

    private byte[] _bytes = new byte[Math.Min(InitialBytes, maxBytes)];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Space for the next fragment, never empty; throws <see cref="InvalidDataException"/> when the limit is reached.</summary>
    public Memory<byte> Free()
    {
        if (_length == maxBytes) throw new InvalidDataException($"an event is bigger than {maxBytes} bytes");
        if (_length == _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(2L * _bytes.Length, maxBytes));
        return _bytes.AsMemory(_length);
    }

    public void Advance(int count) => _length += count;
}
