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
/// <remarks>
/// Callbacks are called by the enumeration of <see cref="RunAsync"/>, in the order of the log, after the copy has changed, and never for an
/// entity that is as before. They must not block. What they throw, the enumeration throws.
/// </remarks>
public sealed class GarmCache
{
    private const string CaughtUp = "caught-up";

    private readonly EventFeedOptions _options;
    private readonly EntityStore _store = new();
    private readonly object _gate = new();
    private TaskCompletionSource _synced = NotSynced();
    private GarmEventFeed? _feed;

    /// <summary>Makes a cache, which is empty until <see cref="RunAsync"/> is enumerated.</summary>
    /// <param name="options">The hub's addresses, and the filter in the options message. The cache sets the cursor itself.</param>
    /// <exception cref="ArgumentException">The options message is no JSON object, or one of its filters has <c>operations</c>.</exception>
    public GarmCache(EventFeedOptions options) => _options = options with
    {
        Message = Message(options.Message),
        Cursor = "snapshot",
        Notice = notice =>
        {
            if (notice is EventFeedNotice.Interrupted interrupted) FallBehind(interrupted.End.Message);
            options.Notice?.Invoke(notice);
        },
    };

    /// <summary>Called with each entity that is new in the copy.</summary>
    public event Action<CachedEntity>? Added;

    /// <summary>Called with each entity that has changed, and what it was before.</summary>
    public event Action<CachedEntity, CachedEntity>? Changed;

    /// <summary>Called with the last state of each entity that was deleted or no longer matches the filter.</summary>
    public event Action<CachedEntity>? Removed;

    /// <summary>Called when the copy is complete and up to date: at first, and after each time it was behind.</summary>
    public event Action? Synced;

    /// <summary>Called with the reason when the copy is behind: the connection was lost, or a new snapshot is being read.</summary>
    public event Action<string>? Behind;

    /// <summary>
    /// Whether the copy is complete and up to date, as far as heartbeats show. Otherwise it has its last state, or, while a new snapshot is
    /// compared with it, partly that.
    /// </summary>
    public bool IsSynced
    {
        get
        {
            lock (_gate) return _synced.Task.IsCompletedSuccessfully;
        }
    }

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

    /// <summary>Completes when the copy is up to date, at once if it is; <see cref="RunAsync"/> must be enumerated meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The cache has ended.</exception>
    public Task WaitUntilSyncedAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate) return _synced.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Maintains the copy, and returns each change after it was applied. Enumerate it once; it ends when <see cref="End"/> is set. A slow
    /// caller delays only this copy.
    /// </summary>
    public async IAsyncEnumerable<CacheChange> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _feed = new GarmEventFeed(_options);
        try
        {
            await foreach (var item in _feed.ReadItemsAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var change in Apply(item)) yield return change;
            }
        }
        finally
        {
            // Also after an exception, and when the caller has left the enumeration.
            EndWaiting();
        }
    }

    private static TaskCompletionSource NotSynced() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Message(string message)
    {
        var json = JsonNode.Parse(message) as JsonObject ?? throw new ArgumentException("the options message must be a JSON object", nameof(message));
        var filters = json.Where(x => Is(x.Key, "filters")).SelectMany(x => x.Value as JsonArray ?? []).OfType<JsonObject>();
        if (filters.Any(x => x.Any(y => Is(y.Key, "operations"))))
            throw new ArgumentException("a filter of a cache has no \"operations\": the copy would miss changes", nameof(message));
        json["on-expired"] = "snapshot";
        return json.ToJsonString();
    }

    private static bool Is(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<CacheChange> Apply(FeedItem item)
    {
        if (item.Control == "snapshot-begin") FallBehind(item.Reason ?? "a snapshot is being read");
        IReadOnlyList<CacheChange> changes;
        lock (_gate) changes = item.Event is { } feedEvent ? Apply(feedEvent.Event) : ApplyControl(item.Control);
        foreach (var change in changes) Tell(change);
        if (item.Control == CaughtUp) BecomeSynced();
        return changes;
    }

    private void Tell(CacheChange change)
    {
        if (change.Kind == CacheChangeKind.Added) Added?.Invoke(change.Entity);
        else if (change.Kind == CacheChangeKind.Removed) Removed?.Invoke(change.Entity);
        else Changed?.Invoke(change.Entity, change.Before!);
    }

    private void BecomeSynced()
    {
        lock (_gate)
        {
            if (!_synced.TrySetResult()) return;
        }

        Synced?.Invoke();
    }

    private void FallBehind(string cause)
    {
        lock (_gate)
        {
            if (!_synced.Task.IsCompletedSuccessfully) return;
            _synced = NotSynced();
        }

        Behind?.Invoke(cause);
    }

    private void EndWaiting()
    {
        lock (_gate)
        {
            if (_synced.Task.IsCompletedSuccessfully) _synced = NotSynced();
            _synced.TrySetException(new InvalidOperationException(
                $"the cache has ended: {End?.Message ?? "its changes are not enumerated any more"}"));
            _ = _synced.Task.Exception; // Nobody need wait.
        }
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
