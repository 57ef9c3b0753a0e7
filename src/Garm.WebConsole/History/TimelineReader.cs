using Garm.Contracts.Events;
using Garm.Log;
using Garm.WebConsole.Fleet;

namespace Garm.WebConsole.History;

/// <summary>An entity's life, from the log.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Entries">What happened, ascending, with what happened around it.</param>
/// <param name="Phases">The states that it was in.</param>
/// <param name="Last">Its last payload, UTF-8 JSON.</param>
/// <param name="HasMore">Whether there are earlier steps that are not shown.</param>
/// <param name="IsCut">Whether the log may have had more of it.</param>
public sealed record EntityTimeline(
    string Name, IReadOnlyList<TimelineEntry> Entries, IReadOnlyList<Phase> Phases, ReadOnlyMemory<byte> Last, bool HasMore, bool IsCut);

/// <summary>Reads timelines.</summary>
internal sealed class TimelineReader(IEntityHistoryReader histories, IChangeLogReader log)
{
    private const int MostSteps = 200;
    private const int PageSize = 500;

    // What happened around a job is looked for in so many changes from its first one on.
    private const int MostAround = 5_000;

    /// <summary>Reads an entity's; null when the log has nothing of it.</summary>
    public async Task<EntityTimeline?> ReadAsync(EntityType type, string source, string id, CancellationToken cancellation)
    {
        var history = await histories.ReadAsync(type, source, id, null, MostSteps, cancellation).ConfigureAwait(false);
        if (history.Changes.Count == 0) return null;
        var (first, last) = (history.Changes[0], history.Changes[^1]);
        using var payload = PayloadReader.Parse(last.MatchedState);
        var entries = history.Changes.Select(TimelineEntry.Of);
        if (type == EntityType.Job)
        {
            var job = PayloadReader.Job(source, id, payload.RootElement);
            entries = entries.Concat(await ReadAroundAsync(job, first.Position, last, cancellation).ConfigureAwait(false));
        }

        return new EntityTimeline(
            EntityNames.Of(payload.RootElement), [.. entries.OrderBy(x => x.Position.Value)], Phases.Of(history.Changes), last.MatchedState,
            history.HasMore, history.IsCut);
    }

    // What the job's runner did, and what became of the pools that the job may run in.
    private async Task<List<TimelineEntry>> ReadAroundAsync(JobRow job, LogPosition first, Change last, CancellationToken cancellation)
    {
        var around = new List<TimelineEntry>();
        var isOver = job.Status == JobStates.Completed;
        for (var (at, seen) = (first, 0); seen < MostAround;)
        {
            var page = await log.ReadAfterAsync(at, PageSize, cancellation).ConfigureAwait(false);
            foreach (var change in page.Where(x => x.Source == job.Key.Source && !(isOver && x.Position > last.Position)))
            {
                if (NameOfConcerned(job, change) is { } name) around.Add(TimelineEntry.Around(change, name));
            }

            if (page.Count < PageSize || (isOver && page[^1].Position > last.Position)) break;
            (at, seen) = (page[^1].Position, seen + page.Count);
        }

        return around;
    }

    private static string? NameOfConcerned(JobRow job, Change change)
    {
        if (change.EntityType is not (EntityType.Instance or EntityType.Pool or EntityType.ScaleSet)) return null;
        using var payload = PayloadReader.Parse(change.MatchedState);
        if (change.EntityType == EntityType.Instance)
        {
            var name = PayloadReader.Text(payload.RootElement, "name");
            return job.Runner.Length > 0 && name == job.Runner ? name : null;
        }

        var group = PayloadReader.Group(change.EntityType, change.Source, change.EntityId, payload.RootElement);
        return WaitReasons.CanRun(group, job) ? group.Name : null;
    }
}
