using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.Parts;

namespace Garm.WebConsole.History;

/// <summary>A step of an entity's life, or something around it.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="At">When it was committed, UTC.</param>
/// <param name="Title">What happened.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="IsAround">Whether it happened to another entity.</param>
/// <param name="Link">The other entity's timeline; null for the entity's own steps.</param>
/// <param name="Differences">What an update changed; null where it is none, or not known.</param>
public sealed record TimelineEntry(
    LogPosition Position, DateTime At, string Title, string Tone, bool IsAround, string? Link, IReadOnlyList<Difference>? Differences)
{
    /// <summary>A step of the entity itself.</summary>
    public static TimelineEntry Of(Change change) => Make(change, null);

    /// <summary>Something that happened to another entity meanwhile.</summary>
    /// <param name="change">What.</param>
    /// <param name="name">The other entity's name.</param>
    public static TimelineEntry Around(Change change, string name) => Make(change, name);

    private static TimelineEntry Make(Change change, string? around)
    {
        using var payload = PayloadReader.Parse(change.MatchedState);
        var differences = History.Differences.Of(change);
        var (title, tone) = Describe(change, payload.RootElement, differences);
        return new TimelineEntry(
            change.Position, change.CommittedAt.UtcDateTime, around is null ? title : $"{Names.OfType(change.EntityType)} {around}: {title}", tone,
            around is not null,
            around is null ? null : TimelineLink.Of(change.EntityType.WireName(), new FleetKey(change.Source, change.EntityId)), differences);
    }

    private static (string Title, string Tone) Describe(Change change, JsonElement payload, IReadOnlyList<Difference>? differences)
    {
        switch (change.Operation)
        {
            case ChangeOperation.Delete:
                return ("deleted", "off");
            case ChangeOperation.Create when change.EntityType is not (EntityType.Job or EntityType.Instance):
                return ("created", "good");
        }

        return change.EntityType switch
        {
            EntityType.Job => OfJob(change, payload, differences),
            EntityType.Instance => OfRunner(change, payload, differences),
            _ => (Changed(differences), "off"),
        };
    }

    private static (string, string) OfJob(Change change, JsonElement job, IReadOnlyList<Difference>? differences)
    {
        var (status, conclusion, runner) =
            (PayloadReader.Text(job, "status"), PayloadReader.Text(job, "conclusion"), PayloadReader.Text(job, "runner_name"));
        var isNew = change.Operation == ChangeOperation.Create || differences is null || differences.Any(x => x.Field is "status" or "conclusion");
        if (!isNew) return (Changed(differences), "off");
        var text = status switch
        {
            JobStates.InProgress => runner.Length > 0 ? $"in progress on {runner}" : "in progress",
            JobStates.Completed => conclusion.Length > 0 ? $"completed: {conclusion}" : "completed",
            _ => status,
        };
        return (text, Tones.OfJob(status, conclusion));
    }

    private static (string, string) OfRunner(Change change, JsonElement runner, IReadOnlyList<Difference>? differences)
    {
        var (status, runnerStatus) = (PayloadReader.Text(runner, "status"), PayloadReader.Text(runner, "runner_status"));
        var tone = Tones.Of(PayloadReader.StateOf(status, runnerStatus));
        if (change.Operation == ChangeOperation.Create) return ($"created: machine {status}, runner {runnerStatus}", tone);
        if (differences is null) return ($"machine {status}, runner {runnerStatus}", tone);
        List<string> parts = [];
        foreach (var (field, name) in (ReadOnlySpan<(string, string)>)[("status", "machine"), ("runner_status", "runner")])
        {
            if (differences.FirstOrDefault(x => x.Field == field) is { } moved) parts.Add($"{name} {moved.Before} → {moved.After}");
        }

        return parts.Count > 0 ? (string.Join(", ", parts), tone) : (Changed(differences), "off");
    }

    private static string Changed(IReadOnlyList<Difference>? differences) => differences switch
    {
        null => "changed",
        { Count: 0 } => "changed: something nested",
        _ => $"changed: {string.Join(", ", differences.Take(4).Select(x => x.Field))}{(differences.Count > 4 ? ", …" : "")}",
    };
}
