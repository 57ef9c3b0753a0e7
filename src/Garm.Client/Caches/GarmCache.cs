using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Garm.Client.Events;
using Garm.Contracts.Events;

namespace Garm.Client.Caches;

/// <summary>
/// A local copy of the entities that match a filter, maintained by a snapshot and the events after it. After an expired
/// cursor, a restored database or a lost node it reads a new snapshot, and reports only the differences as changes. Thread-safe; it
/// keeps one object per entity, without history.
/// </summary>
/// <param name="options">The hub's addresses, and the filter in the options message. The cache sets the cursor itself.</param>
public sealed class GarmCache(EventFeedOptions options)
{
    private const string CaughtUp = "caught-up";

    private readonly EntityStore _store = new();
    private readonly object _gate = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GarmEventFeed? _feed;

    /// <summary>Whether the copy has been complete once. While the hub cannot be reached, it keeps its last state.</summary>
    public bool IsSynced => _synced.Task.IsCompletedSuccessfully;

    /// <summary>The number of entities.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _store.Count;
        }
    }

    /// <summary>Why the cache ended; null while it runs.</summary>
    public EventFeedEnd? End => _feed?.End;

    /// <summary>The entity; null when there is none.</summary>
    public CachedEntity? Find(EntityKey key)
    {
        lock (_gate) return _store.Find(key);
    }

    /// <summary>The current entities of a type.</summary>
    public ImmutableArray<CachedEntity> All(string type)
    {
        lock (_gate) return [.. _store.All(type)];
    }

    /// <summary>Adds an index by the keys that the function returns.</summary>
    /// <exception cref="ArgumentException">An index with that name exists.</exception>
    public void AddIndex(string name, Func<CachedEntity, IEnumerable<string>> keysOf)
    {
        lock (_gate) _store.AddIndex(name, keysOf);
    }

    /// <summary>The current entities that an index has under a key.</summary>
    /// <exception cref="ArgumentException">There is no index with that name.</exception>
    public ImmutableArray<CachedEntity> ByIndex(string name, string key)
    {
        lock (_gate) return [.. _store.ByIndex(name, key)];
    }

    /// <summary>Completes when the copy is complete for the first time; <see cref="RunAsync"/> must be enumerated meanwhile.</summary>
    public Task WaitUntilSyncedAsync(CancellationToken cancellationToken = default) => _synced.Task.WaitAsync(cancellationToken);

    /// <summary>
    /// Maintains the copy, and returns each change after it was applied. Enumerate it once; it ends when <see cref="End"/> is set. A slow
    /// caller delays only this copy.
    /// </summary>
    public async IAsyncEnumerable<CacheChange> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _feed = new GarmEventFeed(options with { Message = Message(options.Message), Cursor = "snapshot" });
        await foreach (var item in _feed.ReadItemsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var change in Apply(item)) yield return change;
        }

        if (!IsSynced) _synced.TrySetException(new InvalidOperationException($"the cache ended before it was complete: {End}"));
    }

    private static string Message(string message)
    {
        var json = JsonNode.Parse(message) as JsonObject ?? throw new ArgumentException("the options message must be a JSON object", nameof(message));
        json["on-expired"] = "snapshot";
        return json.ToJsonString();
    }

    private IReadOnlyList<CacheChange> Apply(FeedItem item)
    {
        IReadOnlyList<CacheChange> changes;
        lock (_gate) changes = item.Event is { } feedEvent ? Apply(feedEvent.Event) : ApplyControl(item.Control);
        if (item.Control == CaughtUp) _synced.TrySetResult();
        return changes;
    }

    private IReadOnlyList<CacheChange> ApplyControl(string? control)
    {
        if (control == "snapshot-begin") _store.BeginSnapshot();
        return control == CaughtUp ? _store.EndSnapshot() : [];
    }

    private IReadOnlyList<CacheChange> Apply(GarmEvent garmEvent)
    {
        if (EntityKey.Of(garmEvent.EntityType, garmEvent.Payload, garmEvent.Source) is not { } key) return [];
        var change = garmEvent.Operation == ChangeOperation.Delete.WireName() || garmEvent.Left
            ? _store.Remove(key)
            : _store.Put(key, garmEvent.Payload);
        return change is null ? [] : [change];
    }
}
