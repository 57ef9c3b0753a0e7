using Garm.Faults.Tests.Support;
using Garm.TestUtilities;

namespace Garm.Faults.Tests.Guarantees;

/// <summary>The six guarantees of docs/delivery.md, one test each, on real nodes over real sockets.</summary>
public sealed class GuaranteeSpecs(GuaranteeCluster cluster) : IClassFixture<GuaranteeCluster>
{
    private const int Silent = GuaranteeCluster.Silent;
    private const int Publishing = GuaranteeCluster.Publishing;

    private static readonly string[] Nodes = ["silent", "publishing"];

    private readonly string _proxy = $"http://{Guid.NewGuid():N}.example.com";

    [LongFact]
    public async Task Ordered_EventsComeInTheOrderOfTheCommits_EverywhereTheSame()
    {
        await using var one = await cluster.ListenAsync(Silent, _proxy);
        await using var other = await cluster.ListenAsync(Publishing, _proxy);

        // The order of each writer is known, because it waits for each answer; the order between the two is the log's.
        await Task.WhenAll(WriteAsync(Silent), WriteAsync(Publishing));

        var seen = await one.TakeAsync(40);
        Assert.Equal(seen, await other.TakeAsync(40));
        Assert.Equal(seen.OrderBy(x => x.Place.Position.Value), seen);
        foreach (var writer in Nodes)
            Assert.Equal(Enumerable.Range(0, 20).Select(x => $"ordered-{writer}-{x}"), seen.Select(x => x.Name!).Where(x => x.Contains(writer, StringComparison.Ordinal)));

        async Task WriteAsync(int node)
        {
            for (var i = 0; i < 20; i++) Assert.Equal(200, (await cluster.CreateAsync(node, $"ordered-{Nodes[node]}-{i}", _proxy)).Status);
        }
    }

    [LongFact]
    public async Task Unique_EachEventComesOnce_WhileConnectionsAndFiltersChange()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(x => $"unique-{x}")];
        var cursor = (await cluster.CreateInTurnAsync("http://before.example.com", $"before-{Guid.NewGuid():N}"))[0];
        var writing = cluster.CreateInTurnAsync(_proxy, names);

        List<string> seen = [];
        for (var node = 0; seen.Count < names.Length; node = 1 - node)
        {
            await using var socket = await CursorSocket.OpenAsync(cluster.Nodes, node, cursor, _proxy);
            var first = await socket.TakeUntilAsync(x => x.Any(y => y.Name is not null) || seen.Count == names.Length);
            await socket.AskAsync(_proxy, cursor: null); // The same filter again, which keeps the cursor's place.
            foreach (var frame in first)
            {
                if (frame.Name is { } name) seen.Add(name);
                cursor = frame.Cursor!;
            }
        }

        await writing;
        var marker = await cluster.CreateInTurnAsync(_proxy, "unique-end");
        await using var last = await CursorSocket.OpenAsync(cluster.Nodes, Silent, cursor, _proxy);
        seen.AddRange((await last.TakeUntilAsync(x => x.Any(y => y.Cursor == marker[0]))).Select(x => x.Name).OfType<string>());
        Assert.Equal([.. names, "unique-end"], seen);
    }

    [LongFact]
    public async Task Reliable_WhatNobodyPublished_ComesToo_AlsoWhenNothingFollows()
    {
        await using var other = await cluster.ListenAsync(Publishing, _proxy);

        var answer = await cluster.CreateAsync(Silent, "reliable", _proxy);

        var only = Assert.Single(await other.TakeAsync(1));
        Assert.Equal(("reliable", answer.Cursor), (only.Name, only.Cursor));
    }

    [LongFact]
    public async Task Atomic_OfWritersThatRace_OneIsStored_AndThatOneIsTold()
    {
        await using var socket = await cluster.ListenAsync(Publishing, _proxy);

        // Both nodes write each name: one succeeds, and the other is refused and must leave nothing behind.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(x => new[] { Silent, Publishing }
            .Select(async node => await cluster.CreateAsync(node, $"atomic-{x}", _proxy))));
        var end = await cluster.CreateAsync(Publishing, "atomic-end", _proxy);

        Assert.Equal(20, answers.Count(x => x.Status == 200));
        Assert.Equal(20, answers.Count(x => x.Status == 409));
        var told = await socket.TakeUntilAsync(x => x.Any(y => y.Cursor == end.Cursor));
        Assert.Equal(
            answers.Where(x => x.Status == 200).Append(end).Select(x => x.Cursor).Order(StringComparer.Ordinal),
            told.Select(x => x.Cursor).Order(StringComparer.Ordinal));
        var stored = (await cluster.Nodes.StoredAsync()).Where(x => x.StartsWith("atomic-", StringComparison.Ordinal));
        Assert.Equal(stored.Order(StringComparer.Ordinal), told.Select(x => x.Name!).Order(StringComparer.Ordinal));
    }

    [LongFact]
    public async Task Resumable_AfterACursor_ComesEverythingThatFollows_OnAnyNode_AndThenWhatIsNew()
    {
        string cursor;
        await using (var before = await cluster.ListenAsync(Silent, _proxy))
        {
            await cluster.CreateInTurnAsync(_proxy, "resumable-seen");
            cursor = (await before.TakeAsync(1))[0].Cursor!;
        }

        await cluster.CreateInTurnAsync(_proxy, "resumable-missed-1", "resumable-missed-2");
        foreach (var node in new[] { Publishing, Silent })
        {
            await using var after = await CursorSocket.OpenAsync(cluster.Nodes, node, cursor, _proxy);
            string[] others = node == Silent ? [$"resumable-live-{Publishing}"] : [];
            string[] missed = ["resumable-missed-1", "resumable-missed-2", .. others];
            var frames = (await after.TakeUntilAsync(x => x.Count(y => y.Name is not null) >= missed.Length)).ToList();
            await cluster.CreateInTurnAsync(_proxy, $"resumable-live-{node}");
            frames.AddRange(await after.TakeUntilAsync(
                x => x.Any(y => y.Name is not null) && frames.Concat(x).Any(y => y.Control == "caught-up")));

            // caught-up means that this node knows of nothing more, so it may come before an event that the node has not received yet.
            Assert.Equal([.. missed, $"resumable-live-{node}"], frames.Select(x => x.Name).OfType<string>());
            Assert.Single(frames, x => x.Control is not null);
        }
    }

    [LongFact]
    public async Task Bookmarkable_EveryAnswer_Event_AndHeartbeat_HasACursor_ThatCanBeResumedFrom()
    {
        await using var socket = await CursorSocket.OpenAsync(cluster.Nodes, Publishing, "now", _proxy, heartbeat: 1);
        await socket.TakeUntilAsync(x => x.Any(y => y.Control == "caught-up"));
        string[] names = ["bookmarkable-0", "bookmarkable-1", "bookmarkable-2"];
        var answers = await cluster.CreateInTurnAsync(_proxy, names);
        var frames = await socket.TakeUntilAsync(x => x.Count(y => y.Name is not null) == 3 && x[^1].Control == "heartbeat");

        Assert.Equal(answers, frames.Where(x => x.Name is not null).Select(x => x.Cursor));
        Assert.All(frames, x => Assert.NotNull(x.Cursor));
        foreach (var frame in frames)
        {
            // The events after a cursor are those after the frame that contained it.
            var rest = frames.SkipWhile(x => x != frame).Skip(1).Select(x => x.Name).OfType<string>();
            await using var resumed = await CursorSocket.OpenAsync(cluster.Nodes, Silent, frame.Cursor!, _proxy);
            var followed = await resumed.TakeUntilAsync(x => x.Any(y => y.Control == "caught-up"));
            Assert.Equal(rest, followed.Select(x => x.Name).OfType<string>());
        }
    }
}
