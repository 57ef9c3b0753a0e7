using Garm.Contracts.Events;
using System.Text.Json;

namespace Garm.WebConsole.Fleet;

/// <summary>The fleet as the console shows it: rows by key, and the counts of each pool and scale set. Not thread-safe.</summary>
internal sealed class FleetTables
{
    /// <summary>Completed jobs beyond these are forgotten, the oldest first: they are in the log.</summary>
    private const int MostCompleted = 2_000;

    private readonly Dictionary<GroupKey, int[]> _counts = [];
    private readonly Queue<FleetKey> _completed = new();

    public Dictionary<FleetKey, RunnerRow> Runners { get; } = [];

    public Dictionary<GroupKey, GroupRow> Groups { get; } = [];

    public Dictionary<FleetKey, JobRow> Jobs { get; } = [];

    /// <summary>The types that it is made of.</summary>
    public static EntityType[] Types { get; } = [EntityType.Pool, EntityType.ScaleSet, EntityType.Instance, EntityType.Job];

    /// <summary>Runners of a pool or scale set by <see cref="RunnerState"/>.</summary>
    public ReadOnlySpan<int> CountsOf(GroupKey group) => _counts.TryGetValue(group, out var counts) ? counts : default;

    /// <summary>Takes an entity as it is now.</summary>
    public void Set(EntityType type, string source, string id, JsonElement entity)
    {
        if (entity.ValueKind != JsonValueKind.Object) return;
        switch (type)
        {
            case EntityType.Instance:
                SetRunner(PayloadReader.Runner(source, id, entity));
                break;
            case EntityType.Pool or EntityType.ScaleSet:
                var group = PayloadReader.Group(type, source, id, entity);
                Groups[group.Key] = group;
                break;
            case EntityType.Job:
                SetJob(PayloadReader.Job(source, id, entity));
                break;
        }
    }

    /// <summary>Takes an entity away.</summary>
    public void Remove(EntityType type, string source, string id)
    {
        var key = new FleetKey(source, id);
        switch (type)
        {
            case EntityType.Instance when Runners.Remove(key, out var runner):
                Count(runner, -1);
                break;
            case EntityType.Pool or EntityType.ScaleSet:
                Groups.Remove(new GroupKey(type == EntityType.ScaleSet, key));
                break;
            case EntityType.Job:
                Jobs.Remove(key);
                break;
        }
    }

    private void SetRunner(RunnerRow runner)
    {
        if (Runners.TryGetValue(runner.Key, out var former)) Count(former, -1);
        Runners[runner.Key] = runner;
        Count(runner, +1);
    }

    private void SetJob(JobRow job)
    {
        var wasCompleted = Jobs.TryGetValue(job.Key, out var former) && former.Status == JobStates.Completed;
        Jobs[job.Key] = job;
        if (job.Status != JobStates.Completed || wasCompleted) return;
        _completed.Enqueue(job.Key);
        while (_completed.Count > MostCompleted)
        {
            var oldest = _completed.Dequeue();
            if (Jobs.TryGetValue(oldest, out var gone) && gone.Status == JobStates.Completed) Jobs.Remove(oldest);
        }
    }

    private void Count(RunnerRow runner, int by)
    {
        if (!_counts.TryGetValue(runner.Group, out var counts)) _counts[runner.Group] = counts = new int[(int)RunnerState.Other + 1];
        counts[(int)runner.State] += by;
    }
}
