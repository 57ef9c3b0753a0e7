using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Contracts.Json;
using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>What became of the entries of a list that were compared.</summary>
/// <param name="Changes">What differs, as the server shows the entities alone.</param>
/// <param name="Same">What is the same.</param>
internal sealed record ResolvedEntities(IReadOnlyList<(MirrorChange Change, ulong Fingerprint)> Changes, IReadOnlyList<ListedEntity> Same);

/// <summary>Compares entries of a list with the mirror, and asks the server for the whole of those that differ.</summary>
internal static class ListResolver
{
    // A server answers several at once; more would be a load for it.
    private const int Questions = 8;

    /// <summary>Compares, asks, and compares again.</summary>
    /// <exception cref="SourceException">The server did not answer.</exception>
    public static async Task<ResolvedEntities> ResolveAsync(
        ISourceMirror mirror, ISourceSession session, string source, EntityType type, IReadOnlyList<ListedEntity> entities,
        CancellationToken cancellation)
    {
        var states = await mirror.FindAsync(source, type, [.. entities.Select(x => x.Id)], cancellation).ConfigureAwait(false);
        var mirrored = states.ToDictionary(x => x.Key.Id, x => x.Payload, StringComparer.Ordinal);
        var same = entities.Where(x => mirrored.TryGetValue(x.Id, out var state) && IsSame(type, state, x.Payload)).ToList();
        var known = same.Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
        var differing = entities.Where(x => !known.Contains(x.Id)).ToList();
        var answers = new (MirrorChange? Change, ulong Fingerprint)[differing.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, differing.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Questions, CancellationToken = cancellation },
            async (i, token) =>
            {
                var entity = differing[i];
                var payload = entity.Payload;
                if (entity.Route is { } route)
                {
                    // It is gone since the list was read, or is another one of the same name: an event or the next list tells.
                    if (await session.GetAsync(route, token).ConfigureAwait(false) is not { } answer) return;
                    if (Read(type, answer) is not { } whole || whole.Id != entity.Id) return;
                    payload = whole.Payload;
                }

                var change = new MirrorChange(new MirrorKey(type, entity.Id), payload, IsDeletion: false, IsListed: true);
                var isListed = IsSame(type, payload, entity.Payload);
                if (mirrored.TryGetValue(entity.Id, out var state) && IsSame(type, state, payload))
                    answers[i] = (null, isListed ? entity.Fingerprint : 0);
                else
                    answers[i] = (change, isListed ? entity.Fingerprint : 0);
            }).ConfigureAwait(false);

        same.AddRange(differing.Where((_, i) => answers[i] is { Change: null, Fingerprint: not 0 }));
        return new ResolvedEntities([.. answers.Where(x => x.Change is not null).Select(x => (x.Change!, x.Fingerprint))], same);
    }

    private static bool IsSame(EntityType type, ReadOnlyMemory<byte> mirrored, ReadOnlyMemory<byte> listed)
    {
        using var left = JsonDocument.Parse(mirrored, JsonText.AnyDepth);
        using var right = JsonDocument.Parse(listed, JsonText.AnyDepth);
        return MirrorComparison.IsSameState(type, left.RootElement, right.RootElement);
    }

    private static (string Id, ReadOnlyMemory<byte> Payload)? Read(EntityType type, ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer, JsonText.AnyDepth);
            return SourceRoutes.IdOf(type, json.RootElement) is { } id ? (id, SourceJson.BytesOf(json.RootElement)) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
