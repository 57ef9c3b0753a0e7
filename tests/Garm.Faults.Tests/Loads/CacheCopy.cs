using Garm.Client.Caches;
using Garm.Client.Events;
using Garm.TestUtilities;

namespace Garm.Faults.Tests.Loads;

/// <summary>
/// A client's cache that follows the load through the faults. It reaches each node through a relay, because a node that comes back
/// has another port, and a client's list of addresses does not change.
/// </summary>
internal sealed class CacheCopy : IAsyncDisposable
{
    private const string Type = "proxy";

    private readonly CuttingRelay[] _relays;
    private readonly GarmCache _cache;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile string? _fault;

    public CacheCopy(INodes nodes)
    {
        _relays = [.. Enumerable.Range(0, nodes.Count).Select(i => new CuttingRelay(() => nodes.AddressOf(i)))];
        _cache = new GarmCache(new EventFeedOptions
        {
            Addresses = [.. _relays.Select(x => x.Address)],
            Token = (_, _) => Task.FromResult(nodes.Token),
            Message = $$"""{"filters":[{"entity-type":"{{Type}}"}]}""",
            Heartbeat = TimeSpan.FromSeconds(1),
            FirstPause = TimeSpan.FromMilliseconds(50),
            LongestPause = TimeSpan.FromSeconds(1),
        });
        _running = RunAsync();
    }

    /// <summary>Completes when the cache has everything for the first time.</summary>
    public Task Synced => _cache.WaitUntilSyncedAsync();

    /// <summary>Waits until the cache has what the API lists, and checks that it reported no change twice.</summary>
    public async Task UntilItHasAsync(Func<Task<IReadOnlySet<string>>> list, TimeSpan limit)
    {
        await Retry.UntilAsync(
            "the cache has what the API lists", async () => (await list()).SetEquals(_cache.All(Type).Select(NameOf)) || _fault is not null, limit);
        Assert.Null(_fault);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        foreach (var relay in _relays) await relay.DisposeAsync();
        _stop.Dispose();
    }

    private static string NameOf(CachedEntity entity) => entity.Payload.GetProperty("name").GetString()!;

    private async Task RunAsync()
    {
        var seen = new HashSet<EntityKey>();
        await foreach (var change in _cache.RunAsync(_stop.Token))
        {
            // The load only creates.
            if (change.Kind != CacheChangeKind.Added || !seen.Add(change.Entity.Key)) _fault = $"{change.Kind} {change.Entity.Key} was no change";
        }

        if (!_stop.IsCancellationRequested) _fault = $"the cache ended: {_cache.End}";
    }
}
