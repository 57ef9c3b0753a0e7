using Garm.Contracts.Events;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.States;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Writes;

/// <summary>Adds the former values to the updates of a save, from <c>entity_states</c>.</summary>
internal static class FormerStates
{
    // Well below the maximum number of parameters of every engine.
    private const int MostKeys = 500;

    // Almost every update reads one state, on the way of every write, so it is read without EF Core (docs/performance.md, item 10).
    private const string FindOne = """SELECT payload FROM entity_states WHERE entity_type = @type AND "key" = @key""";

    /// <summary>
    /// The drafts; those of updates have <see cref="ChangeDraft.Before"/>. Called in the save's transaction after its rows were written,
    /// when no other write can change the entities.
    /// </summary>
    public static async Task<IReadOnlyList<ChangeDraft>> AddAsync(
        DatabaseEngine engine, GarmDbContext db, IReadOnlyList<ChangeDraft> drafts, CancellationToken cancellation)
    {
        var updates = drafts.Where(x => x.Operation == ChangeOperation.Update).ToList();
        if (updates.Count == 0) return drafts;
        var former = await ReadAsync(engine, db, updates, cancellation).ConfigureAwait(false);
        return [.. drafts.Select(x => x.Operation == ChangeOperation.Update && former.TryGetValue((x.EntityType, x.Key), out var before)
            ? x with { Before = FieldChanges.Of(before, x.Payload) }
            : x)];
    }

    private static async Task<Dictionary<(EntityType, string), string>> ReadAsync(
        DatabaseEngine engine, GarmDbContext db, List<ChangeDraft> updates, CancellationToken cancellation)
    {
        var former = new Dictionary<(EntityType, string), string>();
        if (updates is [var only])
        {
            var find = engine.Statement(db, FindOne, ("@type", only.EntityType.WireName()), ("@key", only.Key));
            if (await find.ReadTextAsync(cancellation).ConfigureAwait(false) is { } payload) former[(only.EntityType, only.Key)] = payload;
            return former;
        }

        foreach (var ofType in updates.GroupBy(x => x.EntityType))
        {
            var type = ofType.Key.WireName();
            foreach (var keys in ofType.Select(x => x.Key).Chunk(MostKeys))
            {
                var rows = await db.CurrentStates.AsNoTracking()
                    .Where(x => x.EntityType == type && keys.Contains(x.Key)).Select(x => new { x.Key, x.Payload })
                    .ToListAsync(cancellation).ConfigureAwait(false);
                foreach (var row in rows) former[(ofType.Key, row.Key)] = row.Payload;
            }
        }

        return former;
    }
}
