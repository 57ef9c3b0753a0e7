using System.Diagnostics;

namespace Garm.Golden.Sockets;

/// <summary>A queue of received items, with a way to wait for more.</summary>
internal sealed class Arrivals<T>
{
    private readonly Lock _gate = new();
    private readonly List<T> _items = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _ended;

    public void Add(T item)
    {
        lock (_gate)
        {
            _items.Add(item);
            Signal();
        }
    }

    /// <summary>No more items will arrive, so waiters return.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Signal();
        }
    }

    /// <summary>
    /// Takes all items, after enough have arrived (or the timeout or the end came) and it has then been
    /// quiet for a while, so that surplus items are taken too.
    /// </summary>
    public async Task<IReadOnlyList<T>> TakeAsync(
        Func<IReadOnlyList<T>, bool> isEnough,
        TimeSpan timeout,
        TimeSpan quiet)
    {
        var started = Stopwatch.GetTimestamp();
        while (Pending(isEnough) is { } change)
        {
            var remaining = timeout - Stopwatch.GetElapsedTime(started);
            if (remaining <= TimeSpan.Zero || !await HappensWithinAsync(change, remaining)) break;
        }

        if (quiet > TimeSpan.Zero)
        {
            while (Pending(_ => false) is { } change && await HappensWithinAsync(change, quiet))
            {
                // An item arrived: the silence starts again.
            }
        }

        lock (_gate)
        {
            var taken = _items.ToArray();
            _items.Clear();
            return taken;
        }
    }

    // The next change, or null when there is nothing to wait for.
    private Task? Pending(Func<IReadOnlyList<T>, bool> isEnough)
    {
        lock (_gate) return _ended || isEnough(_items) ? null : _changed.Task;
    }

    private static async Task<bool> HappensWithinAsync(Task change, TimeSpan time)
    {
        await change.WaitAsync(time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return change.IsCompleted;
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    // Waiters continue elsewhere, not inside the lock.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
