using System.Collections.Concurrent;
using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>
/// The log is pruned while clients read it. Each client gets everything after its cursor, or an error:
/// <c>cursor-expired</c> if it came too late, <c>slow-consumer</c> if it was overtaken while it read.
/// They read on a node that has started later, whose memory does not reach back, so it must read the log.
/// </summary>
public sealed class RetentionSpecs(ITestOutputHelper output)
{
    private const int Kept = 300;
    private const int Written = 1500;
    private const string Expired = "error cursor-expired";
    private const string Overtaken = "error slow-consumer";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [LongTheory]
    [InlineData(TestServer.Sqlite)]
    [InlineData(TestServer.PostgreSql)]
    public async Task ClientsThatCatchUp_GetEverything_OrAreToldThatTheyAreTooLate(string provider)
    {
        // No node prunes until the first clients have read; then the node without clients does.
        var prunes = false;
        await using var cluster = await FaultCluster.StartAsync(TestServer.Create(provider), 2, x =>
            [("Garm:Events:RetainCount", x == 0 && prunes ? $"{Kept}" : "0")]);
        var cursors = await WriteManyAsync(cluster);
        await cluster.StopAsync(1);
        await cluster.RestartAsync(1);
        List<Outcome> outcomes = [.. await CatchUpFromManyAsync(cluster, cursors)];
        await cluster.StopAsync(0);
        prunes = true;
        await cluster.RestartAsync(0);
        using var writing = new CancellationTokenSource();
        var writer = Task.Run(() => KeepWritingAsync(cluster, writing.Token));

        await Retry.UntilAsync("a client is too late", async () =>
        {
            outcomes.AddRange(await CatchUpFromManyAsync(cluster, cursors));
            return outcomes.Exists(x => x.End == Expired);
        }, Patience * 2);
        var late = await CatchUpAsync(cluster, outcomes.Last(x => x.End == Expired).Earliest!);
        await writing.CancelAsync();
        await writer;

        output.WriteLine($$"""{"fault":"retention while clients catch up","engine":"{{provider}}","runs":{{outcomes.Count}},"got_all":{{outcomes.Count(x => x.End == "caught-up")}},"expired":{{outcomes.Count(x => x.End == Expired)}},"overtaken":{{outcomes.Count(x => x.End == Overtaken)}},"events":{{outcomes.Sum(x => x.Events)}}}""");
        Assert.All(outcomes, x => Assert.Contains(x.End, (string[])["caught-up", Expired, Overtaken]));
        Assert.All(outcomes, x => Assert.True(x.IsDense, "positions are missing, and nothing was said"));
        Assert.Contains(outcomes, x => x.End == "caught-up" && x.Events > 0);
        Assert.True(late.IsDense);
        Assert.Contains(late.End, (string[])["caught-up", Expired, Overtaken]);
    }

    /// <summary>Writes as fast as possible; returns the cursors in order.</summary>
    private static async Task<IReadOnlyList<string>> WriteManyAsync(FaultCluster cluster)
    {
        using var client = cluster.AdminAt(0);
        var cursors = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Written), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            cursors.Add(await WriteAsync(client, $"p{i}"));
        });
        return [.. cursors.OrderBy(x => CursorFrame.PlaceOf(x).Position.Value)];
    }

    private static async Task<string> WriteAsync(HubClient client, string name)
    {
        var answer = await client.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://p.example.com" });
        Assert.Equal(200, answer.Status);
        return answer.Cursor!;
    }

    private static async Task KeepWritingAsync(FaultCluster cluster, CancellationToken stop)
    {
        using var client = cluster.AdminAt(0);
        for (var i = 0; !stop.IsCancellationRequested; i++) await WriteAsync(client, $"more-{i}");
    }

    private static Task<Outcome[]> CatchUpFromManyAsync(FaultCluster cluster, IReadOnlyList<string> cursors) =>
        Task.WhenAll(Enumerable.Range(0, 5).Select(x => CatchUpAsync(cluster, cursors[x * cursors.Count / 5])));

    private static async Task<Outcome> CatchUpAsync(FaultCluster cluster, string cursor)
    {
        await using var socket = await CursorSocket.OpenAsync(cluster, 1, cursor);
        var frames = await socket.TakeUntilAsync(x => x.Any(y => y.Control is not null));
        var end = frames.First(x => x.Control is not null);
        var places = frames.TakeWhile(x => x.Control is null).Select(x => x.Place.Position.Value).ToList();
        var start = CursorFrame.PlaceOf(cursor).Position.Value;
        return new Outcome(
            places.Count, places.SequenceEqual(Enumerable.Range(1, places.Count).Select(x => start + x)), end.Summary, end.Earliest);
    }

    private sealed record Outcome(int Events, bool IsDense, string End, string? Earliest);
}
