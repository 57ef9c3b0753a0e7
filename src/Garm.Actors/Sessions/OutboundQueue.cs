using System.Threading.Tasks.Sources;
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

/// <summary>What is queued and dequeued together.</summary>
/// <param name="Bytes">Whole frames, one after another; several are all text.</param>
/// <param name="Count">How many frames.</param>
public readonly record struct OutboundFrames(ReadOnlyMemory<byte> Bytes, int Count);

/// <summary>
/// What waits to be sent on one connection, in order: whole websocket frames. The session's actor writes, the
/// connection's pump reads, and aborts it when the connection is lost; nothing else touches it. It never blocks the writer
/// and never drops: a full queue says no.
/// <para>
/// A reader that waits goes on at once, on the writer's thread: handing it to another thread for each event would cost more
/// than the sending. So that what belongs together also goes out together, the writer may hold the reader back meanwhile.
/// </para>
/// </summary>
/// <param name="limits">How much may wait.</param>
/// <param name="clock">The time, for <see cref="Sample"/>; null for the system's.</param>
public sealed class OutboundQueue(OutboundLimits limits, TimeProvider? clock = null) : IValueTaskSource<bool>
{
    private readonly Lock _gate = new();
    private readonly Queue<OutboundFrames> _waiting = new();
    private ManualResetValueTaskSourceCore<bool> _arrival;
    private bool _isAwaited;
    private bool _isComplete;
    private bool _isHeld;
    private int _frames;
    private long _bytes;
    private Action? _whenRoom;

    /// <summary>Bytes that wait.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Frames that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _frames;
        }
    }

    /// <summary>Frames that were ever queued; for the writer's side.</summary>
    public long Queued { get; private set; }

    /// <summary>How long events are on their way through this queue.</summary>
    public SendSample Sample { get; } = new(clock ?? TimeProvider.System);

    /// <summary>Becomes true when the connection is to be given up without sending what waits.</summary>
    public bool Aborted { get; private set; }

    /// <summary>For the writer: a reader that waits goes on waiting until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate) _isHeld = true;
    }

    /// <summary>For the writer: a reader that waits goes on with all that was queued meanwhile.</summary>
    public void Release()
    {
        lock (_gate) _isHeld = false;
        Wake();
    }

    /// <summary>
    /// Queues an event's frame, or several; false when the queue is full or complete, and then nothing was queued.
    /// </summary>
    /// <param name="frames">The whole frames.</param>
    /// <param name="count">How many they are.</param>
    public bool TryEnqueue(ReadOnlyMemory<byte> frames, int count = 1)
    {
        lock (_gate)
        {
            var isAlone = _frames == 0 && count == 1;
            if (!isAlone && (_frames + count > limits.Frames || _bytes + frames.Length > limits.Bytes)) return false;
            if (!Add(frames, count)) return false;
        }

        Wake();
        return true;
    }

    /// <summary>Queues a control frame (ping, pong), which is small and passes the limits; false when complete.</summary>
    public bool TryEnqueueControl(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            if (!Add(frame, 1)) return false;
        }

        Wake();
        return true;
    }

    /// <summary>
    /// Calls <paramref name="whenRoom"/> once, when half of the queue is free: at once, or from the reader's thread. It
    /// replaces the call that was asked for before.
    /// </summary>
    public void CallWhenRoom(Action whenRoom)
    {
        lock (_gate)
        {
            _whenRoom = whenRoom;
            if (!HasRoom) return;
            _whenRoom = null;
        }

        whenRoom();
    }

    /// <summary>Nothing more will come; <paramref name="closeFrame"/> is the last to be sent, unless it is empty.</summary>
    public void Complete(ReadOnlyMemory<byte> closeFrame)
    {
        lock (_gate)
        {
            if (!closeFrame.IsEmpty) Add(closeFrame, 1);
            _isComplete = true;
        }

        Wake();
    }

    /// <summary>Nothing more will come, and what waits is not sent either.</summary>
    public void Abort()
    {
        Aborted = true;
        lock (_gate)
        {
            _isComplete = true;
            _isHeld = false;
        }

        Wake();
    }

    /// <summary>
    /// For the reader, one at a time: waits until something can be dequeued; false when the queue is complete and empty.
    /// </summary>
    public ValueTask<bool> WaitToDequeueAsync()
    {
        lock (_gate)
        {
            if (_frames > 0) return ValueTask.FromResult(true);
            if (_isComplete) return ValueTask.FromResult(false);
            _arrival.Reset();
            _isAwaited = true;
            return new ValueTask<bool>(this, _arrival.Version);
        }
    }

    /// <summary>Takes what was queued next, if there is anything. It no longer counts against the limits.</summary>
    public bool TryDequeue(out OutboundFrames next)
    {
        Action? whenRoom = null;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out next)) return false;
            _frames -= next.Count;
            _bytes -= next.Bytes.Length;
            if (_whenRoom is not null && HasRoom) (whenRoom, _whenRoom) = (_whenRoom, null);
        }

        whenRoom?.Invoke();
        return true;
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _arrival.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _arrival.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _arrival.OnCompleted(continuation, state, token, flags);

    private bool HasRoom => _bytes <= limits.Bytes / 2 && _frames <= limits.Frames / 2;

    private bool Add(ReadOnlyMemory<byte> frames, int count)
    {
        if (_isComplete) return false;
        _waiting.Enqueue(new OutboundFrames(frames, count));
        _frames += count;
        _bytes += frames.Length;
        Queued += count;
        return true;
    }

    private void Wake()
    {
        bool any;
        lock (_gate)
        {
            any = _frames > 0;
            if (!_isAwaited || _isHeld || (!any && !_isComplete)) return;
            _isAwaited = false;
        }

        // Outside of the lock: the reader goes on here.
        _arrival.SetResult(any);
    }
}
