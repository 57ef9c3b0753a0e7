using Akka.Dispatch;

namespace Garm.Actors.Dispatch;

/// <summary>
/// A fixed number of threads with one FIFO queue, which sleep as soon as the queue is empty. Akka's dedicated thread pool and the process's
/// pool spin first, which costs more than the work when events come one at a time. For the same reason a thread runs an item that its
/// current item queues, without waking another thread; so an item must not wait for an item that it queues.
/// </summary>
internal sealed class FanOutThreads : ExecutorService
{
    [ThreadStatic]
    private static FanOutThreads? _ofThisThread;

    private readonly Queue<IRunnable> _queue = new();
    private readonly object _gate = new();
    private readonly Action<Exception> _report;
    private int _idle;
    private bool _stopped;

    /// <summary>Starts the threads.</summary>
    /// <param name="id">The name of the executor and prefix of the threads' names.</param>
    /// <param name="count">The number of threads, at least 1.</param>
    /// <param name="report">Called with an exception of an item; the thread goes on.</param>
    public FanOutThreads(string id, int count, Action<Exception> report)
        : base(id)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _report = report;
        for (var i = 0; i < count; i++) new Thread(Work) { IsBackground = true, Name = $"{id}-{i}" }.Start();
    }

    /// <inheritdoc />
    public override void Execute(IRunnable run)
    {
        lock (_gate)
        {
            if (_stopped) throw new RejectedExecutionException($"The threads of {Id} have stopped");
            _queue.Enqueue(run);

            // A thread of this executor takes the next item itself; further items wake another thread.
            if (_idle > 0 && (_queue.Count > 1 || _ofThisThread != this)) Monitor.Pulse(_gate);
        }
    }

    /// <summary>The threads end after the queued items.</summary>
    public override void Shutdown()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Work()
    {
        _ofThisThread = this;
        while (Next() is { } run)
        {
            try
            {
                run.Run();
            }
            catch (Exception e)
            {
                _report(e);
            }
        }
    }

    private IRunnable? Next()
    {
        lock (_gate)
        {
            IRunnable? run;
            while (!_queue.TryDequeue(out run) && !_stopped)
            {
                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            return run;
        }
    }
}
