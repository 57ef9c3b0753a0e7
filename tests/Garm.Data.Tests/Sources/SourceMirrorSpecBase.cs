using System.Text;
using Garm.Contracts.Events;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Log;
using Garm.Log.Sources;
using Garm.Log.States;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Sources;

/// <summary>What is mirrored is in the log and the states as every change is, and only what differs.</summary>
public abstract class SourceMirrorSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(engine);
    private readonly Guid _source = Guid.NewGuid();
    private SourceLease _lease;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _lease = await LeaseAsync();
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task ABatch_IsOneCommit_OfTheLog_TheStates_AndTheListeners()
    {
        var before = await HeadAsync();

        var written = await WriteAsync(Listed(1, "a"), Listed(2, "b"));

        Assert.Equal((2, 0, 0), Counts(written));
        Assert.Equal(["proxy create", "proxy create"], _database.Commits.Kinds);
        Assert.All(_database.Commits.Changes, x => Assert.Equal("east", x.Source));
        var logged = await _database.UseAsync<IChangeLogReader, IReadOnlyList<Change>>(x => x.ReadAfterAsync(before.Position, 10, default));
        Assert.Equal(_database.Commits.Changes.Select(Text), logged.Select(Text));
        Assert.Equal(await HeadAsync(), new LogPlace(before.Epoch, logged[^1].Position, logged[^1].Chain));
        Assert.Equal(before.Chain, logged[0].ChainBefore);
        Assert.Equal(["1", "2"], await KeysAsync("east"));
        Assert.Empty(await KeysAsync("eas"));
        var states = await _database.UseAsync<IEntityStateReader, EntityStatePage>(
            x => x.ReadPageAsync(new StateRange(EntityType.Proxy, "east"), "", 10, 1_000_000, default));
        Assert.Equal(logged.Select(x => (x.Position, x.Position)), states.Rows.Select(x => (x.Position, x.Created)));
    }

    [SkippableFact]
    public async Task WhatDoesNotDiffer_IsNotWritten()
    {
        await WriteAsync(Listed(1, "a", 5));
        _database.Commits.Clear();
        var head = await HeadAsync();

        var written = await WriteAsync(Listed(1, "a", 5), Event(2, "unknown", 1, deleted: true));
        var older = await WriteAsync(Event(1, "older", 4));

        Assert.Equal(((0, 0, 0), (0, 0, 0)), (Counts(written), Counts(older)));
        Assert.Equal(head, await HeadAsync());
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableFact]
    public async Task AnUpdate_KnowsWhatWasBefore_AndADeletionTheLastState()
    {
        await WriteAsync(Listed(1, "a", 1));
        _database.Commits.Clear();

        await WriteAsync(Event(1, "b", 2));
        await WriteAsync(new MirrorChange(Key(1), Utf8("""{"id":1}"""), IsDeletion: true, IsListed: false));
        await WriteAsync(Listed(1, "c", 3));
        await WriteAsync(new MirrorChange(Key(1), default, IsDeletion: true, IsListed: true));

        Assert.Equal(["proxy update", "proxy delete", "proxy create", "proxy delete"], _database.Commits.Kinds);
        var changes = _database.Commits.Changes;
        Assert.Contains("\"name\":\"a\"", Encoding.UTF8.GetString(changes[0].Before.Span));
        Assert.Equal("""{"id":1}""", Encoding.UTF8.GetString(changes[1].Payload.Span));
        Assert.Contains("\"name\":\"b\"", Encoding.UTF8.GetString(changes[1].LastState.Span));
        Assert.Equal(changes[2].Payload.ToArray(), changes[3].Payload.ToArray());
        Assert.Empty(await KeysAsync("east"));
    }

    [SkippableFact]
    public async Task TheSameId_InTwoSources_AndInTheHub_StaysApart()
    {
        await WriteAsync(Listed(1, "east"));
        var west = await LeaseAsync(Guid.NewGuid());
        await _database.UseAsync<ISourceMirror, MirrorWritten?>(x => x.WriteAsync(west, "west", [Listed(1, "west")], default));
        await _database.UseAsync<Garm.Data.Proxies.ProxyStore>(x => x.CreateAsync(new() { Name = "own", HttpProxy = "http://p" }, default));

        await WriteAsync(new MirrorChange(Key(1), default, IsDeletion: true, IsListed: true));

        var left = await _database.ReadAsync(db => db.CurrentStates.AsNoTracking().Where(x => x.EntityType == "proxy").OrderBy(x => x.Source).ToListAsync());
        Assert.Equal([("", "1"), ("west", "1")], left.Select(x => (x.Source, x.EntityId)));
    }

    [SkippableFact]
    public async Task APoolsRunners_AreInItsEvent_AndNotInItsState()
    {
        const string pool = """{"id":"p","name":"x","instances":[{"id":"i"}]}""";
        var key = new MirrorKey(EntityType.Pool, "p");
        await WriteAsync(new MirrorChange(key, Utf8(pool), IsDeletion: false, IsListed: true));

        Assert.Equal(pool, Encoding.UTF8.GetString(_database.Commits.Changes.Single().Payload.Span));
        var state = Assert.Single(await _database.UseAsync<ISourceMirror, IReadOnlyList<MirroredState>>(x => x.FindAsync("east", EntityType.Pool, ["p"], default)));
        Assert.DoesNotContain("instances", Encoding.UTF8.GetString(state.Payload.Span));
        Assert.Equal((0, 0, 0), Counts(await WriteAsync(new MirrorChange(key, Utf8("""{"id":"p","name":"x","instances":[]}"""), false, true))));
    }

    [SkippableFact]
    public async Task ANodeThatWasPausedPastItsLease_WritesNothing()
    {
        await _database.SaveAsync(db => db.Leases.Single().ExpiresAtMs = 1);
        var young = await LeaseAsync();
        var head = await HeadAsync();

        Assert.Null(await WriteAsync(Listed(1, "a")));

        Assert.Equal(head, await HeadAsync());
        Assert.Empty(_database.Commits.Changes);
        Assert.Empty(await KeysAsync("east"));
        _lease = young;
        Assert.Equal((1, 0, 0), Counts(await WriteAsync(Listed(1, "a"))));
    }

    [SkippableFact]
    public async Task Keys_AreReadInParts()
    {
        await WriteAsync([.. Enumerable.Range(1, 25).Select(x => Listed(x, "n"))]);

        List<string> all = [];
        while (true)
        {
            var part = await _database.UseAsync<ISourceMirror, IReadOnlyList<string>>(
                x => x.ReadKeysAsync("east", EntityType.Proxy, all.Count == 0 ? "" : all[^1], 10, default));
            if (part.Count == 0) break;
            all.AddRange(part);
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(x => x.ToString()).Order(StringComparer.Ordinal), all);
    }

    private static string Text(Change change) =>
        $"{change.Position} {change.Operation} {change.EntityId} {change.Source} {Encoding.UTF8.GetString(change.Payload.Span)} {change.Chain}";

    private static (int, int, int) Counts(MirrorWritten? written) => (written!.Created.Count, written.Updated.Count, written.Deleted.Count);

    private static MirrorKey Key(int id) => new(EntityType.Proxy, id.ToString());

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static MirrorChange Listed(int id, string name, int second = 1) => Event(id, name, second) with { IsListed = true };

    private static MirrorChange Event(int id, string name, int second, bool deleted = false) => new(
        Key(id), Utf8($$"""{"id":{{id}},"name":"{{name}}","updated_at":"2026-01-01T00:00:{{second:00}}Z"}"""), deleted, IsListed: false);

    private async Task<SourceLease> LeaseAsync(Guid? source = null) => (await _database.UseAsync<ISourceLeases, SourceLease?>(
        x => x.TryAcquireAsync(source ?? _source, TimeSpan.FromMinutes(5), default)))!.Value;

    private Task<LogPlace> HeadAsync() => _database.UseAsync<IChangeLogReader, LogPlace>(x => x.ReadHeadAsync(default));

    private Task<IReadOnlyList<string>> KeysAsync(string source) =>
        _database.UseAsync<ISourceMirror, IReadOnlyList<string>>(x => x.ReadKeysAsync(source, EntityType.Proxy, "", 100, default));

    private Task<MirrorWritten?> WriteAsync(params MirrorChange[] changes) =>
        _database.UseAsync<ISourceMirror, MirrorWritten?>(x => x.WriteAsync(_lease, "east", changes, default));
}
