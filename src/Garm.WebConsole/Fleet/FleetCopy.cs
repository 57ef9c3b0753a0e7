using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.WebConsole.Fleet;

/// <summary>The node's copy of the fleet. Thread-safe: one actor writes it, all pages read it.</summary>
internal sealed class FleetCopy(TimeProvider time, Action changed)
{
    private const int MostQueued = 200;

    private readonly Lock _gate = new();
    private FleetTables _tables = new();
    private FleetTables? _next;
    private FleetHistory _history = new(time);
    private DateTimeOffset _pastBegin;
    private FleetSummary _summary = FleetSummary.Empty;
    private bool _isComplete;
    private bool _isStale;
    private long _summaryMinute;
    private FleetCharts _charts = FleetCharts.None;
    private DateTimeOffset _chartsAt;

    /// <summary>Whether changes come as they are committed.</summary>
    public bool IsLive { get; set; }

    /// <summary>The oldest time that the past is read from.</summary>
    public DateTimeOffset HistoryBegin
    {
        get
        {
            lock (_gate) return _history.Begin;
        }
    }

    public void BeginSnapshot()
    {
        lock (_gate) (_next, _history, _pastBegin) = (new FleetTables(), new FleetHistory(time), DateTimeOffset.MaxValue);
    }

    public void EndSnapshot()
    {
        lock (_gate)
        {
            (_tables, _next, _isComplete) = (_next ?? _tables, null, true);
            _pastBegin = time.GetUtcNow();
        }

        Tell();
    }

    public void Take(EntityStateRow row)
    {
        if (!FleetTables.Types.Contains(row.EntityType)) return;
        using var entity = PayloadReader.Parse(row.Payload);
        lock (_gate)
            (_next ?? _tables).Set(row.EntityType, row.Source, PayloadReader.Text(entity.RootElement, "id"), entity.RootElement);
    }

    public void Take(Change change)
    {
        lock (_gate)
        {
            _history.Add(change);
            if (FleetTables.Types.Contains(change.EntityType)) Apply(change);
        }

        Tell();
    }

    public void AddPast(IReadOnlyList<Change> changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                _history.Add(change);
                if (change.CommittedAt < _pastBegin) _pastBegin = change.CommittedAt;
            }
        }
    }

    /// <summary>The past was read: the whole hour of it, or as far back as the log or the limit allows.</summary>
    public void EndPast(bool isWhole)
    {
        lock (_gate) _history.CompleteSince = isWhole ? _history.Begin : _pastBegin;
        Tell();
    }

    /// <summary>The fleet now.</summary>
    public FleetSummary Summarise()
    {
        lock (_gate)
        {
            var minute = time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
            if (!_isStale && minute == _summaryMinute) return _summary;
            (_isStale, _summaryMinute) = (false, minute);
            return _summary = Make();
        }
    }

    /// <summary>The charts of the last hour, drawn at most <see cref="FleetCharts.Period"/> ago.</summary>
    public FleetCharts Draw()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_history.CompleteSince is null || now - _chartsAt <= FleetCharts.Period) return _charts;
            _chartsAt = now;
            return _charts = FleetCharts.Of(Summarise(), now);
        }
    }

    /// <summary>Runners that <paramref name="chosen"/> chooses, by name, and how many there are of them.</summary>
    public (IReadOnlyList<RunnerRow> Rows, int Count) FindRunners(Func<RunnerRow, bool> chosen, int most)
    {
        lock (_gate) return Top(_tables.Runners.Values.Where(chosen), x => x.Name, most, StringComparer.Ordinal);
    }

    /// <summary>Jobs that <paramref name="chosen"/> chooses, the newest first, and how many there are of them.</summary>
    public (IReadOnlyList<JobRow> Rows, int Count) FindJobs(Func<JobRow, bool> chosen, int most)
    {
        lock (_gate) return Top(_tables.Jobs.Values.Where(chosen), x => -x.UpdatedAt.Ticks, most, Comparer<long>.Default);
    }

    /// <summary>A job; null when it is not kept.</summary>
    public JobRow? FindJob(FleetKey key)
    {
        lock (_gate) return _tables.Jobs.GetValueOrDefault(key);
    }

    private static (IReadOnlyList<T> Rows, int Count) Top<T, TKey>(IEnumerable<T> rows, Func<T, TKey> key, int most, IComparer<TKey> order)
    {
        var all = rows.ToList();
        return ([.. all.OrderBy(key, order).Take(most)], all.Count);
    }

    private void Apply(Change change)
    {
        if (change.Operation == ChangeOperation.Delete)
        {
            _tables.Remove(change.EntityType, change.Source, change.EntityId);
            return;
        }

        using var entity = PayloadReader.Parse(change.Payload);
        _tables.Set(change.EntityType, change.Source, change.EntityId, entity.RootElement);
    }

    private FleetSummary Make()
    {
        var runners = new int[(int)RunnerState.Other + 1];
        foreach (var runner in _tables.Runners.Values) runners[(int)runner.State]++;
        var (running, queue) = (0, new List<JobRow>());
        foreach (var job in _tables.Jobs.Values)
        {
            if (job.Status == JobStates.InProgress) running++;
            if (job.IsQueued) queue.Add(job);
        }

        queue.Sort((x, y) => x.CreatedAt.CompareTo(y.CreatedAt));
        return new FleetSummary
        {
            IsComplete = _isComplete,
            Groups = [.. _tables.Groups.Values.Select(Summarise)],
            Runners = runners,
            Queued = queue.Count,
            Running = running,
            Queue = [.. queue.Take(MostQueued)],
            Minutes = _history.Read(runners, queue.Count, running),
            MinutesSince = _history.CompleteSince,
        };
    }

    private GroupSummary Summarise(GroupRow row)
    {
        var counts = _tables.CountsOf(row.Key);
        return new GroupSummary(row, counts.IsEmpty ? new int[(int)RunnerState.Other + 1] : counts.ToArray());
    }

    private void Tell()
    {
        lock (_gate) _isStale = true;
        changed();
    }
}
