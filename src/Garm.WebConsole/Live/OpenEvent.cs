using Garm.Contracts.Events;
using Garm.Log;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.History;

namespace Garm.WebConsole.Live;

/// <summary>The event whose payload a live page shows. It is read from the log, so a colleague who gets the page's address sees it too.</summary>
/// <param name="Cursor">Its cursor, as the address has it.</param>
/// <param name="Change">The change; null when the log does not have it.</param>
/// <param name="Name">What people call the entity.</param>
/// <param name="Differences">What an update changed; null where the log does not say.</param>
/// <param name="Problem">Why there is no change; null where there is one.</param>
internal sealed record OpenEvent(string Cursor, Change? Change, string Name, IReadOnlyList<Difference>? Differences, string? Problem)
{
    /// <summary>The wire name of what happened.</summary>
    public string Operation => Change?.Operation.WireName() ?? "";

    /// <summary>The wire name of the entity's type.</summary>
    public string Type => Change?.EntityType.WireName() ?? "";

    /// <summary>Reads it.</summary>
    public static async Task<OpenEvent> ReadAsync(IChangeLogReader log, string cursor, CancellationToken cancellation)
    {
        if (!EventCursor.TryDecode(cursor, out var place)) return Missing("The address names an event that is no cursor of this hub.");
        if ((await log.ReadHeadAsync(cancellation).ConfigureAwait(false)).Epoch != place.Epoch)
            return Missing("The event is of another log: the database was replaced since.");
        var changes = await log.ReadAfterAsync(new LogPosition(place.Position.Value - 1), 1, cancellation).ConfigureAwait(false);
        if (changes is not [var change] || change.Position != place.Position) return Missing("The log does not have the event any more.");
        using var payload = PayloadReader.Parse(change.MatchedState);
        return new OpenEvent(cursor, change, EntityNames.Of(payload.RootElement), History.Differences.Of(change), null);

        OpenEvent Missing(string problem) => new(cursor, null, "", null, problem);
    }
}
