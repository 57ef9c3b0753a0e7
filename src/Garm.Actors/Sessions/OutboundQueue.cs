using System.Threading.Tasks.Sources;
using Garm.Actors.Telemetry;

namespace Garm.Actors.Sessions;

/// <summary>The limits of an <see cref="OutboundQueue"/>.</summary>
/// <param name="Bytes">Most bytes; an empty queue accepts a single larger frame.</param>
/// <param name="Frames">Most frames.</param>
public sealed record OutboundLimits(long Bytes, int Frames)
{
    /// <summary>4 MiB and 16,384 frames.</summary>
    public static OutboundLimits Default { get; } = new(4 * 1024 * 1024, 16_384);
}

/// <summary>Frames that are queued as one item.</summary>
/// <param name="Bytes">Complete frames, joined; several are all text frames.</param>
/// <param name="Count">The number of frames.</param>
public readonly record struct OutboundFrames(ReadOnlyMemory<byte> Bytes, int Count);

/// <summary>
/// The bounded queue of one connection: complete websocket frames, in order. It has one writer, the session's actor, and one reader,
/// the connection's pump, which also aborts it. It does not block the writer and drops nothing: a full queue refuses.
/// <para>
/// A waiting reader continues on the writer's thread: a switch to another thread for each event would cost more than sending it. The
/// writer may hold the reader back, so that several frames go out in one write.
/// </para>
/// </summary>
/// <param name="limits">The limits.</param>
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

    /// <summary>Bytes in the queue.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Frames in the queue.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _frames;
        }
    }

    /// <summary>All frames queued so far; for the writer.</summary>
    public long Queued { get; private set; }

    /// <summary>Measures the time from commit to send.</summary>
    public LatencySample Sample { get; } = new(clock ?? TimeProvider.System);

    /// <summary>Whether the connection is to be aborted without sending the rest.</summary>
    public bool Aborted { get; private set; }

    /// <summary>For the writer: a waiting reader keeps waiting until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate) _isHeld = true;
    }

    /// <summary>For the writer: a waiting reader continues with everything queued since <see cref="Hold"/>.</summary>
    public void Release()
    {
        lock (_gate) _isHeld = false;
        Wake();
    }

    /// <summary>
    /// Queues an event's frame, or several; false when the queue is full or complete, and then nothing was queued.
    /// </summary>
    /// <param name="frames">Complete frames.</param>
    /// <param name="count">Their number.</param>
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

    /// <summary>Queues a control frame, which the limits do not apply to; false when the queue is complete.</summary>
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
    /// Calls <paramref name="whenRoom"/> once, when half of the queue is free: at once, or later on the reader's thread. It
    /// replaces a former request.
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

    /// <summary>Ends the queue; <paramref name="closeFrame"/> is sent last, unless it is empty.</summary>
    public void Complete(ReadOnlyMemory<byte> closeFrame)
    {
        lock (_gate)
        {
            if (!closeFrame.IsEmpty) Add(closeFrame, 1);
            _isComplete = true;
        }

        Wake();
    }

    /// <summary>Ends the queue without sending the rest.</summary>
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

    /// <summary>Takes the next item, if there is one; it no longer counts against the limits.</summary>
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

        // Outside of the lock, because the reader continues within this call.
        _arrival.SetResult(any);
    }
}
