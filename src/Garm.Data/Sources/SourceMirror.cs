using System.Text;
using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Contracts.Json;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Leases;
using Garm.Data.Retries;
using Garm.Data.States;
using Garm.Data.Writes;
using Garm.Log.Sources;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Sources;

/// <summary>
/// Mirrored entities have no table of their own: what is known of them is their row of <c>entity_states</c>, and the log. A write
/// holds the lease's row, so that no other node writes for the source, compares with the states, and appends to the log as every
/// write does.
/// </summary>
internal sealed class SourceMirror(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, DatabaseLease leases, ChangeRecorder recorder) : ISourceMirror
{
    // As long as a page of the states.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    // Well below the number of parameters that every engine takes.
    private const int MostKeys = 500;

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ReadKeysAsync(
        string source, EntityType type, string after, int limit, CancellationToken cancellation) => BoundedWork.RunAsync(
            engine,
            contexts,
            Longest,
            async (db, _) =>
            {
                var name = type.WireName();
                var first = after.Length == 0 ? StateKeys.Before(source) : StateKeys.Of(source, after);
                var end = StateKeys.After(source);
                return (IReadOnlyList<string>)await db.CurrentStates.AsNoTracking()
                    .Where(x => x.EntityType == name && string.Compare(x.Key, first) > 0 && string.Compare(x.Key, end) < 0)
                    .OrderBy(x => x.Key).Take(limit).Select(x => x.EntityId).ToListAsync(cancellation).ConfigureAwait(false);
            },
            cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<MirroredState>> FindAsync(
        string source, EntityType type, IReadOnlyCollection<string> ids, CancellationToken cancellation) => BoundedWork.RunAsync(
            engine,
            contexts,
            Longest,
            async (db, _) =>
            {
                var found = await FindAsync(db, source, ids.Select(x => new MirrorKey(type, x)), cancellation).ConfigureAwait(false);
                return (IReadOnlyList<MirroredState>)[.. found.Select(x => new MirroredState(x.Key, Encoding.UTF8.GetBytes(x.Value)))];
            },
            cancellation);

    /// <inheritdoc />
    public Task<MirrorWritten?> WriteAsync(
        SourceLease lease, string source, IReadOnlyList<MirrorChange> changes, CancellationToken cancellation) => BoundedWork.RunAsync(
            engine,
            contexts,
            Longest,
            async (db, inTime) =>
            {
                using var turn = await engine.EnterWriteAsync(inTime).ConfigureAwait(false);
                var written = new MirrorWritten([], [], []);
                var isHeld = true;
                await recorder.AppendAsync(
                    db,
                    async () =>
                    {
                        isHeld = await leases.LockAsync(db, SourceLeases.GrantOf(lease), cancellation).ConfigureAwait(false);
                        if (!isHeld) return null;
                        var before = await FindAsync(db, source, changes.Select(x => x.Key), cancellation).ConfigureAwait(false);
                        var drafts = changes.Select(x => DraftOf(source, x, before.GetValueOrDefault(x.Key))).OfType<ChangeDraft>().ToList();
                        written = new MirrorWritten(
                            KeysOf(drafts, ChangeOperation.Create), KeysOf(drafts, ChangeOperation.Update), KeysOf(drafts, ChangeOperation.Delete));
                        return drafts;
                    },
                    cancellation).ConfigureAwait(false);
                return isHeld ? written : null;
            },
            cancellation);

    private static List<MirrorKey> KeysOf(List<ChangeDraft> drafts, ChangeOperation operation) =>
        [.. drafts.Where(x => x.Operation == operation).Select(x => new MirrorKey(x.EntityType, x.EntityId))];

    private static async Task<Dictionary<MirrorKey, string>> FindAsync(
        GarmDbContext db, string source, IEnumerable<MirrorKey> keys, CancellationToken cancellation)
    {
        var found = new Dictionary<MirrorKey, string>();
        foreach (var ofType in keys.GroupBy(x => x.Type))
        {
            var type = ofType.Key.WireName();
            foreach (var wanted in ofType.Select(x => StateKeys.Of(source, x.Id)).Chunk(MostKeys))
            {
                var rows = await db.CurrentStates.AsNoTracking()
                    .Where(x => x.EntityType == type && wanted.Contains(x.Key)).Select(x => new { x.EntityId, x.Payload })
                    .ToListAsync(cancellation).ConfigureAwait(false);
                foreach (var row in rows) found[new MirrorKey(ofType.Key, row.EntityId)] = row.Payload;
            }
        }

        return found;
    }

    /// <summary>The log row of a change; null when it makes no difference.</summary>
    private static ChangeDraft? DraftOf(string source, MirrorChange change, string? before)
    {
        if (before is null)
            return change.IsDeletion ? null : Draft(ChangeOperation.Create, change.Payload.ToArray(), []);

        var old = Encoding.UTF8.GetBytes(before);
        using var mirrored = JsonDocument.Parse(old, JsonText.AnyDepth);
        if (change.IsDeletion)
        {
            if (change.Payload.IsEmpty) return Draft(ChangeOperation.Delete, old, []);
            using var last = JsonDocument.Parse(change.Payload, JsonText.AnyDepth);
            return Draft(ChangeOperation.Delete, change.Payload.ToArray(), LastStates.Of(mirrored.RootElement, last.RootElement));
        }

        using var told = JsonDocument.Parse(change.Payload, JsonText.AnyDepth);
        if (MirrorComparison.IsSameEvent(change.Key.Type, mirrored.RootElement, told.RootElement)) return null;
        if (!change.IsListed && MirrorComparison.IsOlder(mirrored.RootElement, told.RootElement)) return null;
        return Draft(ChangeOperation.Update, change.Payload.ToArray(), []) with { Before = FieldChanges.Of(before, change.Payload) };

        ChangeDraft Draft(ChangeOperation operation, byte[] payload, byte[] lastState) =>
            new(change.Key.Type, operation, change.Key.Id, payload, lastState)
            {
                Source = source,
                State = operation == ChangeOperation.Delete ? null : StatePayload.Of(change.Key.Type, payload),
            };
    }
}
