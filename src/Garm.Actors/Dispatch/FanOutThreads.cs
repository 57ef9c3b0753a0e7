using Akka.Dispatch;

namespace Garm.Actors.Dispatch;

/// <summary>
/// A few threads of their own that work off one queue, first come first served. They sleep when there is nothing to do:
/// Akka's own dedicated pool and the process's pool look for work for a while first, by yielding the processor again and
/// again, which costs more than the work where events come one at a time. For the same reason one piece of work that another
/// leaves behind is done after it by the same thread; a piece of work must not wait for what it leaves.
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

    /// <summary>Starts them.</summary>
    /// <param name="id">What they are called.</param>
    /// <param name="count">How many, at least one.</param>
    /// <param name="report">Told of what a piece of work threw; the thread goes on.</param>
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

            // This thread takes the next one itself, after what it does now; for a second one another thread is woken.
            if (_idle > 0 && (_queue.Count > 1 || _ofThisThread != this)) Monitor.Pulse(_gate);
        }
    }

    /// <summary>What is queued is still done; the threads end then.</summary>
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
