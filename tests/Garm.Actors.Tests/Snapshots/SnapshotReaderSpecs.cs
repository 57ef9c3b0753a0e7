using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Tests.Snapshots;

/// <summary>A snapshot in pages has one place and each row once, and ends when the log no longer holds the changes after it.</summary>
public sealed class SnapshotReaderSpecs
{
    private readonly FailableChangeLog _log = new();
    private readonly Rows _rows = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Pages_ShouldGiveEachRowOnce_WithOnePlace(int limit)
    {
        _log.CommitMany(10);
        _rows.Head = new LogPlace(Samples.Epoch, new LogPosition(5));
        var (keys, places, after) = (new List<string>(), new HashSet<LogPlace>(), default(string));
        do
        {
            var page = await ReadAsync(after, limit);
            keys.AddRange(page!.Rows.Select(x => $"{x.EntityType}{x.Key}"));
            places.Add(page.Place);
            after = page.After;
            _rows.Head = new LogPlace(Samples.Epoch, new LogPosition(10)); // Concurrent writes do not shift the pages.
        }
        while (after is not null);

        Assert.Equal(["Pool/1/", "Pool/2/", "Pool/3/", "Pool/4/", "Pool/5/", "Instance/1/", "Instance/2/"], keys);
        Assert.Equal(5, Assert.Single(places).Position.Value);
    }

    [Fact]
    public async Task APage_ShouldBeNoMore_WhenWhatFollowsItsPlaceIsGone()
    {
        _log.CommitMany(10);
        _rows.Head = new LogPlace(Samples.Epoch, new LogPosition(5));
        var first = await ReadAsync(null, 2);
        _log.Prune(6);

        Assert.Null(await ReadAsync(first!.After, 2));
    }

    [Fact]
    public async Task APage_ShouldBeNoMore_WhenAnotherCopyTookTheDatabasesPlace()
    {
        _log.CommitMany(10);
        _rows.Head = new LogPlace(Samples.Epoch, new LogPosition(5));
        var first = await ReadAsync(null, 2);
        _rows.Epoch = Samples.OtherEpoch;

        Assert.Null(await ReadAsync(first!.After, 2));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("bm90IGEgcGFnZQ")]
    public Task WhatIsNoPage_ShouldBeRefused(string after) => Assert.ThrowsAsync<FormatException>(() => ReadAsync(after, 2));

    private Task<SnapshotPage?> ReadAsync(string? after, int limit) => SnapshotReader.ReadAsync(
        _rows, _log, EventFilter.Of(Samples.KindsOf(EntityType.Pool) | Samples.KindsOf(EntityType.Instance)), after, limit, default);

    private sealed class Rows : IEntityStateReader
    {
        public LogPlace Head { get; set; }

        public LogEpoch Epoch { get; set; } = Samples.Epoch;

        public Task<LogPlace> ReadHeadAsync(CancellationToken cancellation) => Task.FromResult(Head);

        public Task<EntityStatePage> ReadPageAsync(StateRange range, string after, int limit, int bytes, CancellationToken cancellation)
        {
            var count = range.EntityType == EntityType.Pool ? 5 : 2;
            var rows = Enumerable.Range(1, count).Select(i => $"/{i}/").Where(x => string.CompareOrdinal(x, after) > 0)
                .Select(x => new EntityStateRow(range.EntityType, "", x, new LogPosition(1), new LogPosition(1), "{}"u8.ToArray())).ToList();
            return Task.FromResult(new EntityStatePage([.. rows.Take(2)], rows.Count <= 2, Epoch));
        }
    }
}
