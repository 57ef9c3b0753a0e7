namespace Garm.WebConsole.Shell;

/// <summary>
/// Gives the node's open pages turns to render: each page four times a second, one after another on one thread, spread over the time
/// between two turns of a page. So many pages delay the events of the event sockets little. From twice <see cref="Many"/> pages on the
/// turns come more rarely, down to once a second, and where one processor is not enough for them, more rarely still.
/// </summary>
internal sealed class PageTurns : IDisposable
{
    /// <summary>The time between two turns of a page, as long as there are fewer than twice <see cref="Many"/>.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <summary>With twice as many pages the time between turns is twice as long, with three times as many three times, and so on.</summary>
    public const int Many = 25;

    /// <summary>The longest time between two turns, in periods.</summary>
    private const int Rarest = 4;
    private const int Groups = 10;

    private readonly Lock _gate = new();
    private readonly List<Turn>[] _groups = [.. Enumerable.Range(0, Groups).Select(_ => new List<Turn>())];
    private readonly ITimer _timer;
    private TimeSpan _step = Timeout.InfiniteTimeSpan;
    private int _joined;
    private int _next;
    private int _isRunning;

    public PageTurns(TimeProvider time) =>
        _timer = time.CreateTimer(_ => Next(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Has a page get turns until the result is disposed. A turn that is being given may end after that.</summary>
    /// <param name="onTurn">Renders, if there is something new. It must not throw, and is never called twice at once.</param>
    public IDisposable Join(Action onTurn)
    {
        lock (_gate)
        {
            var turn = new Turn(this, onTurn, _groups.MinBy(x => x.Count)!);
            turn.Group.Add(turn);
            _joined++;
            Plan();
            return turn;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    private void Next()
    {
        // The group before takes longer than its time: the next one waits for the next tick.
        if (Interlocked.Exchange(ref _isRunning, 1) == 1) return;
        try
        {
            Turn[] turns;
            lock (_gate)
            {
                turns = [.. _groups[_next]];
                _next = (_next + 1) % Groups;
            }

            foreach (var turn in turns) turn.OnTurn();
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private void Leave(Turn turn)
    {
        lock (_gate)
        {
            if (!turn.Group.Remove(turn)) return;
            _joined--;
            Plan();
        }
    }

    // Pages that come and go must not put the next turn off again and again.
    private void Plan()
    {
        var step = _joined == 0 ? Timeout.InfiniteTimeSpan : Period / Groups * Math.Clamp(_joined / Many, 1, Rarest);
        if (step == _step) return;
        _step = step;
        _timer.Change(step, step);
    }

    private sealed class Turn(PageTurns turns, Action onTurn, List<Turn> group) : IDisposable
    {
        public Action OnTurn => onTurn;

        public List<Turn> Group => group;

        public void Dispose() => turns.Leave(this);
    }
}
