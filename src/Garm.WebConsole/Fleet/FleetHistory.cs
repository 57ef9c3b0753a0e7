using Garm.Contracts.Events;
using Garm.Log;
using System.Text.Json;

namespace Garm.WebConsole.Fleet;

/// <summary>A minute of the fleet's past.</summary>
/// <param name="Begin">When it began.</param>
/// <param name="Runners">Runners by <see cref="RunnerState"/> at its end.</param>
/// <param name="Queued">Jobs that waited at its end.</param>
/// <param name="Running">Jobs that ran at its end.</param>
/// <param name="Events">Changes of the whole log within it.</param>
/// <param name="WaitSeconds">How long the jobs that began within it had waited, on average; null where none began.</param>
public sealed record FleetMinute(
    DateTimeOffset Begin, IReadOnlyList<int> Runners, int Queued, int Running, int Events, double? WaitSeconds);

/// <summary>
/// The fleet's last hour by the minute, from the log. What a minute's end was like follows from the present and from what changed since:
/// only the differences are kept, so that the log may be read in any order and beside what comes live. Not thread-safe.
/// </summary>
internal sealed class FleetHistory(TimeProvider time)
{
    public const int Minutes = 60;

    private const int Queued = (int)RunnerState.Other + 1;
    private const int Running = Queued + 1;
    private const int Counters = Running + 1;

    private readonly Dictionary<long, Minute> _minutes = [];

    /// <summary>Since when every change was taken.</summary>
    public DateTimeOffset? CompleteSince { get; set; }

    /// <summary>The oldest time that is shown.</summary>
    public DateTimeOffset Begin => DateTimeOffset.UnixEpoch.AddMinutes(MinuteOf(time.GetUtcNow()) - Minutes + 1);

    /// <summary>Takes a change, once.</summary>
    public void Add(Change change)
    {
        var minute = At(MinuteOf(change.CommittedAt));
        minute.Events++;
        if (change.EntityType is not (EntityType.Instance or EntityType.Job)) return;
        if (change.Operation == ChangeOperation.Update && change.Before.IsEmpty) return; // An older build did not say what it was before.
        using var after = PayloadReader.Parse(change.MatchedState);
        using var before = change.Operation == ChangeOperation.Update ? PayloadReader.Parse(change.Before) : null;
        var now = CounterOf(change.EntityType, after.RootElement, null);
        if (change.Operation == ChangeOperation.Delete)
        {
            minute.Add(now, -1);
            return;
        }

        var former = before is null ? null : CounterOf(change.EntityType, after.RootElement, before.RootElement);
        if (now == former) return;
        minute.Add(former, -1);
        minute.Add(now, +1);
        if (now == Running && former == Queued) AddWait(minute, change, after.RootElement);
    }

    /// <summary>The last hour.</summary>
    /// <param name="runners">Runners by state, now.</param>
    /// <param name="queued">Jobs that wait, now.</param>
    /// <param name="running">Jobs that run, now.</param>
    public IReadOnlyList<FleetMinute> Read(IReadOnlyList<int> runners, int queued, int running)
    {
        var last = MinuteOf(time.GetUtcNow());
        Forget(last);
        var at = new int[Counters];
        for (var i = 0; i < Queued; i++) at[i] = runners[i];
        (at[Queued], at[Running]) = (queued, running);

        var read = new List<FleetMinute>(Minutes);
        for (var number = last; number > last - Minutes; number--)
        {
            var minute = _minutes.GetValueOrDefault(number);
            var begin = DateTimeOffset.UnixEpoch.AddMinutes(number);
            if (CompleteSince is { } since && begin >= since)
            {
                read.Add(new FleetMinute(
                    begin, at[..Queued], Math.Max(0, at[Queued]), Math.Max(0, at[Running]), minute?.Events ?? 0,
                    minute is { Waits: > 0 } ? minute.WaitSeconds / minute.Waits : null));
            }

            for (var i = 0; i < Counters && minute is not null; i++) at[i] -= minute.Change[i];
        }

        read.Reverse();
        return read;
    }

    private static void AddWait(Minute minute, Change change, JsonElement job)
    {
        var waited = change.CommittedAt - PayloadReader.Time(job, "created_at");
        if (waited < TimeSpan.Zero || waited > TimeSpan.FromDays(30)) return;
        minute.Waits++;
        minute.WaitSeconds += waited.TotalSeconds;
    }

    // The counter that an entity is counted in; null for none.
    private static int? CounterOf(EntityType type, JsonElement after, JsonElement? before)
    {
        var status = Value("status");
        if (type == EntityType.Instance) return (int)PayloadReader.StateOf(status, Value("runner_status"));
        return status switch { JobStates.Queued => Queued, JobStates.InProgress => Running, _ => null };

        string Value(string name) => before is { } former && former.TryGetProperty(name, out _)
            ? PayloadReader.Text(former, name)
            : PayloadReader.Text(after, name);
    }

    private static long MinuteOf(DateTimeOffset time) => (long)Math.Floor((time - DateTimeOffset.UnixEpoch).TotalMinutes);

    private Minute At(long number)
    {
        if (!_minutes.TryGetValue(number, out var minute)) _minutes[number] = minute = new Minute();
        return minute;
    }

    private void Forget(long last)
    {
        if (_minutes.Count <= Minutes * 2) return;
        foreach (var old in _minutes.Keys.Where(x => x < last - Minutes).ToList()) _minutes.Remove(old);
    }

    private sealed class Minute
    {
        public int[] Change { get; } = new int[Counters];

        public int Events { get; set; }

        public int Waits { get; set; }

        public double WaitSeconds { get; set; }

        public void Add(int? counter, int by)
        {
            if (counter is { } index) Change[index] += by;
        }
    }
}
