using Garm.Contracts.Events;
using Garm.Log;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.Parts;

namespace Garm.WebConsole.History;

/// <summary>A time during which an entity was in one state.</summary>
/// <param name="Name">The state.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Begin">When it began, UTC.</param>
/// <param name="End">When it ended; null when it has not.</param>
public sealed record Phase(string Name, string Tone, DateTime Begin, DateTime? End)
{
    /// <summary>How long it lasted, or has lasted.</summary>
    public TimeSpan Length(DateTime now) => (End ?? now) - Begin;
}

/// <summary>Finds the phases of a job (waits, runs) or a runner (starts, idle, active) in its changes.</summary>
internal static class Phases
{
    /// <summary>The phases, in order; none for types that have no states.</summary>
    public static IReadOnlyList<Phase> Of(IReadOnlyList<Change> changes)
    {
        var phases = new List<Phase>();
        foreach (var change in changes)
        {
            var at = change.CommittedAt.UtcDateTime;
            var next = change.Operation == ChangeOperation.Delete ? null : StateOf(change);
            if (phases is [.., var last] && last.End is null)
            {
                if (next is { } same && same.Name == last.Name) continue;
                phases[^1] = last with { End = at };
            }

            if (next is { } state) phases.Add(new Phase(state.Name, state.Tone, at, null));
        }

        return phases;
    }

    private static (string Name, string Tone)? StateOf(Change change)
    {
        if (change.EntityType is not (EntityType.Job or EntityType.Instance)) return null;
        using var payload = PayloadReader.Parse(change.Payload);
        var status = PayloadReader.Text(payload.RootElement, "status");
        if (change.EntityType == EntityType.Instance)
        {
            var state = PayloadReader.StateOf(status, PayloadReader.Text(payload.RootElement, "runner_status"));
            return (Names.Of(state), Tones.Of(state));
        }

        return status switch
        {
            JobStates.Completed => null,
            JobStates.InProgress => ("runs", "busy"),
            _ => ("waits", "wait"),
        };
    }
}
