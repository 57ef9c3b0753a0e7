using System.Threading.Channels;
using Garm.Actors.Telemetry;

namespace Garm.Actors.Sessions;

/// <summary>How much may wait for one connection.</summary>
/// <param name="Bytes">Bytes of frames; a single frame larger than this is taken when the queue is empty.</param>
/// <param name="Frames">Frames.</param>
public sealed record OutboundLimits(long Bytes, int Frames)
{
    /// <summary>4 MiB and 16,384 frames.</summary>
    public static OutboundLimits Default { get; } = new(4 * 1024 * 1024, 16_384);
}

/// <summary>
/// What waits to be sent on one connection, in order: whole websocket frames. The session's actor writes, the
/// connection's pump reads, and aborts it when the connection is lost; nothing else touches it. It never blocks the writer
/// and never drops: a full queue says no.
/// </summary>
public sealed class OutboundQueue(OutboundLimits limits)
{
    private readonly Channel<ReadOnlyMemory<byte>> _frames = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = false });

    private long _bytes;
    private int _count;
    private Action? _whenRoom;
    private long _queued;

    /// <summary>Bytes that wait.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Frames that wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Frames that were ever queued; for the writer's side.</summary>
    public long Queued => _queued;

    /// <summary>How long events are on their way through this queue.</summary>
    public SendSample Sample { get; } = new();

    /// <summary>Becomes true when the connection is to be given up without sending what waits.</summary>
    public bool Aborted { get; private set; }

    /// <summary>Queues an event's frame; false when the queue is full or complete, and then nothing was queued.</summary>
    public bool TryEnqueue(ReadOnlyMemory<byte> frame)
    {
        var empty = Count == 0;
        if (!empty && (Count >= limits.Frames || Bytes + frame.Length > limits.Bytes)) return false;
        return Write(frame);
    }

    /// <summary>Queues a control frame (ping, pong), which is small and passes the limits; false when complete.</summary>
    public bool TryEnqueueControl(ReadOnlyMemory<byte> frame) => Write(frame);

    /// <summary>
    /// Calls <paramref name="whenRoom"/> once, when half of the queue is free: at once, or from the reader's thread. It
    /// replaces the call that was asked for before.
    /// </summary>
    public void CallWhenRoom(Action whenRoom)
    {
        Interlocked.Exchange(ref _whenRoom, whenRoom);

        // The reader may have made room before it could see the call, and then may have nothing left to dequeue.
        if (HasRoom) CallWaiting();
    }

    /// <summary>Nothing more will come; <paramref name="closeFrame"/> is the last to be sent, unless it is empty.</summary>
    public void Complete(ReadOnlyMemory<byte> closeFrame)
    {
        if (!closeFrame.IsEmpty) Write(closeFrame);
        _frames.Writer.TryComplete();
    }

    /// <summary>Nothing more will come, and what waits is not sent either.</summary>
    public void Abort()
    {
        Aborted = true;
        _frames.Writer.TryComplete();
    }

    /// <summary>Waits until something can be dequeued; false when the queue is complete and empty.</summary>
    public ValueTask<bool> WaitToDequeueAsync(CancellationToken cancellation) =>
        _frames.Reader.WaitToReadAsync(cancellation);

    /// <summary>Takes the next frame, if there is one. It no longer counts against the limits.</summary>
    public bool TryDequeue(out ReadOnlyMemory<byte> frame)
    {
        if (!_frames.Reader.TryRead(out frame)) return false;
        Interlocked.Add(ref _bytes, -frame.Length);
        Interlocked.Decrement(ref _count);
        if (Volatile.Read(ref _whenRoom) is not null && HasRoom) CallWaiting();
        return true;
    }

    private bool HasRoom => Bytes <= limits.Bytes / 2 && Count <= limits.Frames / 2;

    private void CallWaiting() => Interlocked.Exchange(ref _whenRoom, null)?.Invoke();

    private bool Write(ReadOnlyMemory<byte> frame)
    {
        Interlocked.Add(ref _bytes, frame.Length);
        Interlocked.Increment(ref _count);
        if (_frames.Writer.TryWrite(frame))
        {
            _queued++;
            return true;
        }

        Interlocked.Add(ref _bytes, -frame.Length);
        Interlocked.Decrement(ref _count);
        return false;
    }
}
