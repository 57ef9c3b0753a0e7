using Garm.Contracts.Events;
using Garm.Log;
using Garm.WebConsole.Live;
using Garm.WebConsole.Tests.Fleet;

namespace Garm.WebConsole.Tests.Live;

/// <summary>The event that a live page's address names.</summary>
public sealed class OpenEventSpecs
{
    private static readonly LogEpoch Epoch = new("0011223344556677");
    private static readonly Change Update = Changes.Runner(ChangeOperation.Update, "a", "active", DateTimeOffset.UnixEpoch, was: "idle") with
    {
        Position = new LogPosition(7),
    };

    [Fact]
    public async Task ItIsReadFromTheLog()
    {
        var open = await OpenEvent.ReadAsync(new Log(Update), Cursor(Epoch, 7), CancellationToken.None);

        Assert.Null(open.Problem);
        Assert.Equal(("instance", "update", Update), (open.Type, open.Operation, open.Change));
        Assert.Contains(open.Differences!, x => x is { Field: "runner_status", Before: "idle", After: "active" });
    }

    [Fact]
    public async Task WhatTheLogDoesNotHave_IsSaid()
    {
        var log = new Log(Update);

        Assert.Contains("no cursor", await ProblemAsync("rubbish"), StringComparison.Ordinal);
        Assert.Contains("another log", await ProblemAsync(Cursor(new LogEpoch("ffffffffffffffff"), 7)), StringComparison.Ordinal);
        Assert.Contains("any more", await ProblemAsync(Cursor(Epoch, 3)), StringComparison.Ordinal); // Retention deleted it.
        Assert.Contains("any more", await ProblemAsync(Cursor(Epoch, 8)), StringComparison.Ordinal);
        Assert.Contains("any more", await ProblemAsync(Cursor(Epoch, 0)), StringComparison.Ordinal);

        async Task<string> ProblemAsync(string cursor) => (await OpenEvent.ReadAsync(log, cursor, CancellationToken.None)).Problem!;
    }

    private static string Cursor(LogEpoch epoch, long position) => EventCursor.Encode(new LogPlace(epoch, new LogPosition(position), default));

    private sealed class Log(params Change[] changes) : IChangeLogReader
    {
        public Task<LogPlace> ReadHeadAsync(CancellationToken cancellation) =>
            Task.FromResult(new LogPlace(Epoch, changes[^1].Position, default));

        public Task<LogRange> ReadRangeAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<Change>> ReadAfterAsync(LogPosition after, int limit, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Change>>([.. changes.Where(x => x.Position > after).Take(limit)]);
    }
}
