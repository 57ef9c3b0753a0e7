using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Garm.Cli.Tests.Support;
using Garm.Client.Caches;
using Garm.Client.Events;

namespace Garm.Cli.Tests.Client;

/// <summary>The cache, with a scripted hub.</summary>
public sealed class GarmCacheSpecs : IAsyncLifetime
{
    private const string Begin = """{"control":"snapshot-begin"}""";

    private readonly Channel<CacheChange> _changes = Channel.CreateUnbounded<CacheChange>();
    private readonly CancellationTokenSource _stop = new();
    private FakeHub _hub = null!;
    private GarmCache _cache = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        _cache = new GarmCache(new EventFeedOptions
        {
            Addresses = [_hub.Address],
            Token = (_, _) => Task.FromResult(FakeHub.Token),
            FirstPause = TimeSpan.FromMilliseconds(1),
            LongestPause = TimeSpan.FromMilliseconds(2),
        });
        _cache.AddIndex("color", x => x.Payload.TryGetProperty("color", out var color) ? [color.GetString()!] : []);
        _running = RunAsync();
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Cache_ShouldHoldTheRowsAndTheEventsAfterThem_AndSayWhatChanged()
    {
        var socket = await _hub.NextSocketAsync();
        var asked = JsonNode.Parse((await socket.ReceiveAsync())!)!;
        Assert.Equal(("snapshot", "snapshot"), ((string?)asked["cursor"], (string?)asked["on-expired"]));
        await SendAsync(socket, Begin, Row(1, "red"), Row(2, "red"), End("h", 2), CaughtUp("h"));
        Assert.Equal(["Added 1", "Added 2"], await ChangesAsync(2));
        await _cache.WaitUntilSyncedAsync().WaitAsync(TimeSpan.FromSeconds(30));

        await SendAsync(socket, Event("update", 1, "blue"), Event("update", 2, "red"), Event("create", 3, "blue"), Event("delete", 2, null));
        Assert.Equal(["Changed 1", "Added 3", "Removed 2"], await ChangesAsync(3));
        Assert.Equal(["1", "3"], _cache.All("job").Select(x => x.Key.Id).Order());
        Assert.Equal(["1", "3"], _cache.ByIndex("color", "blue").Select(x => x.Key.Id).Order());
        Assert.Empty(_cache.ByIndex("color", "red"));
        Assert.True(_cache.IsSynced);
    }

    [Fact]
    public async Task Cache_ShouldLoseWhatLeavesItsFilter_AndKeepSourcesApart()
    {
        var socket = await _hub.NextSocketAsync();
        await SendAsync(
            socket, Begin, Row(1, "red"), Row(1, "green", "east"), End("h", 2), CaughtUp("h"),
            Event("update", 1, "blue", ""","left":true"""));

        Assert.Equal(["Added 1", "Added 1", "Removed 1"], await ChangesAsync(3));
        Assert.Null(_cache.Find(new EntityKey("job", "1")));
        Assert.Equal("green", _cache.Find(new EntityKey("job", "1", "east"))!.Payload.GetProperty("color").GetString());
    }

    [Fact]
    public async Task Cache_ShouldBeginAnew_WhenItIsCutOffWithinASnapshot()
    {
        var first = await _hub.NextSocketAsync();
        await SendAsync(first, Begin, Row(1, "red"));
        await ChangesAsync(1);
        first.Cut();
        var second = await _hub.NextSocketAsync();
        Assert.Contains("\"cursor\":\"snapshot\"", await second.ReceiveAsync());
        await SendAsync(second, Begin, Row(2, "red"), End("h", 1), CaughtUp("h"));

        Assert.Equal(["Added 2", "Removed 1"], await ChangesAsync(2));
    }

    [Fact]
    public async Task Cache_ShouldCompareItselfWithANewSnapshot_WhenItsCursorExpired()
    {
        var first = await _hub.NextSocketAsync();
        await SendAsync(first, Begin, Row(1, "red"), Row(2, "red"), Row(3, "red"), Row(4, "red"), End("h", 4), CaughtUp("h"));
        await ChangesAsync(4);
        first.Cut();
        var second = await _hub.NextSocketAsync();
        Assert.Contains("\"cursor\":\"h\"", await second.ReceiveAsync());

        // Entity 3 changed while the rows were sent, so it comes as an event and was never removed.
        await SendAsync(
            second, """{"control":"snapshot-begin","reason":"cursor-expired"}""", Row(1, "red"), Row(2, "blue"), End("i", 2),
            Event("update", 3, "blue"), CaughtUp("k"));

        Assert.Equal(["Changed 2", "Changed 3", "Removed 4"], await ChangesAsync(3));
        Assert.Equal(3, _cache.Count);
    }

    [Fact]
    public async Task Cache_ShouldNotBeSynced_WhileTheConnectionIsLostOrASnapshotIsRead()
    {
        var told = Channel.CreateUnbounded<string>();
        _cache.Synced += () => told.Writer.TryWrite("synced");
        _cache.Behind += cause => told.Writer.TryWrite($"behind: {cause}");
        var first = await _hub.NextSocketAsync();
        await SendAsync(first, Begin, Row(1, "red"), End("h", 1), CaughtUp("h"));
        Assert.Equal("synced", await NextAsync(told));

        first.Cut();
        Assert.Contains("lost", await NextAsync(told), StringComparison.Ordinal);
        Assert.False(_cache.IsSynced);
        var waiting = _cache.WaitUntilSyncedAsync();
        Assert.False(waiting.IsCompleted);

        var second = await _hub.NextSocketAsync();
        await SendAsync(second, CaughtUp("i"));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("synced", await NextAsync(told));

        await SendAsync(second, """{"control":"snapshot-begin","reason":"cursor-expired"}""");
        Assert.Equal("behind: cursor-expired", await NextAsync(told));
        Assert.False(_cache.IsSynced);
    }

    [Fact]
    public async Task Callbacks_ShouldBeCalled_OnlyForWhatChanged()
    {
        var told = Channel.CreateUnbounded<string>();
        _cache.Added += x => told.Writer.TryWrite($"added {x.Key.Id}");
        _cache.Changed += (x, before) => told.Writer.TryWrite($"changed {x.Key.Id} from {before.Payload.GetProperty("color")} to {x.Payload.GetProperty("color")}");
        _cache.Removed += x => told.Writer.TryWrite($"removed {x.Key.Id}");
        var socket = await _hub.NextSocketAsync();
        await SendAsync(
            socket, Begin, Row(1, "red"), Row(2, "red"), End("h", 2), CaughtUp("h"),
            Event("update", 1, "red"), Event("update", 2, "blue"), Event("delete", 1, null));

        var found = new List<string>();
        while (found.Count < 4) found.Add(await NextAsync(told));
        Assert.Equal(["added 1", "added 2", "changed 2 from red to blue", "removed 1"], found);
    }

    [Fact]
    public void AFilterWithOperations_ShouldBeRefused()
    {
        var options = new EventFeedOptions
        {
            Addresses = [FakeHub.Nobody],
            Token = (_, _) => Task.FromResult(FakeHub.Token),
            Message = """{"filters":[{"entity-type":"job","operations":["create"]}]}""",
        };

        Assert.Contains("operations", Assert.Throws<ArgumentException>(() => new GarmCache(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoWaits_ShouldBeTold_WhenTheTokenSourceThrows()
    {
        var cache = new GarmCache(new EventFeedOptions
        {
            Addresses = [_hub.Address],
            Token = (_, _) => Task.FromException<string>(new InvalidOperationException("no token")),
        });
        var waiting = cache.WaitUntilSyncedAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in cache.RunAsync()) Assert.Fail("there is no change");
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Cache_ShouldSayWhyItEnded()
    {
        var socket = await _hub.NextSocketAsync();
        await SendAsync(socket, """{"control":"error","code":"invalid-filter","message":"no"}""");
        await _running.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(new EventFeedEnd.FilterRefused("no"), _cache.End);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.WaitUntilSyncedAsync());
    }

    private static string Row(int id, string color, string source = "") =>
        $$$"""{"entity-type":"job","operation":"snapshot"{{{(source == "" ? "" : $",\"source\":\"{source}\"")}}},"payload":{"id":{{{id}}},"color":"{{{color}}}"}}""";

    private static string Event(string operation, int id, string? color, string more = "") =>
        $$$"""{"entity-type":"job","operation":"{{{operation}}}"{{{more}}},"payload":{"id":{{{id}}}{{{(color is null ? "" : $",\"color\":\"{color}\"")}}}},"cursor":"e","committed-at":"2026-01-01T00:00:00Z"}""";

    private static string End(string cursor, int count) => $$"""{"control":"snapshot-end","cursor":"{{cursor}}","count":{{count}}}""";

    private static string CaughtUp(string cursor) => $$"""{"control":"caught-up","cursor":"{{cursor}}"}""";

    private static async Task SendAsync(FakeSocket socket, params string[] texts)
    {
        foreach (var text in texts) await socket.SendAsync(text);
    }

    private static Task<string> NextAsync(Channel<string> told) => told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private async Task<IReadOnlyList<string>> ChangesAsync(int count)
    {
        var found = new List<string>();
        while (found.Count < count)
        {
            var change = await _changes.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            found.Add($"{change.Kind} {change.Entity.Key.Id}");
        }

        return found;
    }

    private async Task RunAsync()
    {
        await foreach (var change in _cache.RunAsync(_stop.Token)) _changes.Writer.TryWrite(change);
    }
}
