using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Support;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Microsoft.Data.Sqlite;

namespace Garm.Faults.Tests.Faults;

/// <summary>An older copy replaces the database: clients that have seen changes that it does not hold are notified.</summary>
public sealed class OlderCopySpecs
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [LongFact]
    public async Task ACursorThatTheCopyDoesNotReach_IsUnknown_AfterARestoreByTheBook_OnSqlite()
    {
        await using var cluster = await FaultCluster.StartAsync(TestServer.Sqlite, 2);
        var kept = await WriteAsync(cluster, "kept");
        var copy = $"{cluster.SqliteFile}.copy";
        await CopyAsync(cluster.SqliteFile, copy);
        var lost = await WriteAsync(cluster, "lost");
        for (var node = 0; node < cluster.Count; node++) await cluster.StopAsync(node);
        foreach (var file in new[] { "-wal", "-shm" }) File.Delete(cluster.SqliteFile + file);
        File.Move(copy, cluster.SqliteFile, overwrite: true);
        for (var node = 0; node < cluster.Count; node++) await cluster.RestartAsync(node);

        for (var node = 0; node < cluster.Count; node++)
        {
            Assert.Equal("error cursor-unknown", Assert.Single(await ResumeAsync(cluster, node, lost, 1)));
            Assert.Equal("caught-up", Assert.Single(await ResumeAsync(cluster, node, kept, 1)));
        }
    }

    [LongFact]
    public async Task ClientsThatAreConnected_AreTold_AndTheOldHistorysCursorsAreUnknown_OnPostgreSql()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await using var cluster = await FaultCluster.StartAsync(TestServer.On(server.Server), 2, _ => []);
        await RestoreUnderClientsAsync(cluster, () => StoppedAsync(server.SaveCopyAsync), () => StoppedAsync(server.RestoreCopyAsync));

        async Task StoppedAsync(Func<Task> work)
        {
            await server.StopAsync();
            await work();
            await server.StartAgainAsync();
        }
    }

    [LongFact]
    public async Task ClientsThatAreConnected_AreTold_WhenSqliteItselfRestoresTheCopyUnderRunningNodes()
    {
        await using var cluster = await FaultCluster.StartAsync(TestServer.Sqlite, 2);
        var copy = $"{cluster.SqliteFile}.copy";
        await RestoreUnderClientsAsync(
            cluster, () => CopyAsync(cluster.SqliteFile, copy), () => CopyAsync(copy, cluster.SqliteFile));
    }

    private static async Task RestoreUnderClientsAsync(FaultCluster cluster, Func<Task> save, Func<Task> restore)
    {
        var kept = await WriteAsync(cluster, "kept");
        await save();

        List<CursorSocket> sockets = [];
        for (var node = 0; node < cluster.Count; node++)
        {
            sockets.Add(await CursorSocket.OpenAsync(cluster, node, kept));
            Assert.Equal(["caught-up"], await SummaryAsync(sockets[^1], 1));
        }

        var lost = await WriteAsync(cluster, "lost");
        foreach (var socket in sockets) Assert.Equal(["lost"], await SummaryAsync(socket, 1));

        await restore();

        foreach (var socket in sockets)
        {
            Assert.Equal(["error cursor-unknown"], await SummaryAsync(socket, 1));
            await socket.DisposeAsync();
        }

        var other = await WriteAsync(cluster, "other");
        for (var node = 0; node < cluster.Count; node++)
        {
            foreach (var unknown in new[] { kept, lost })
                Assert.Equal("error cursor-unknown", Assert.Single(await ResumeAsync(cluster, node, unknown, 1)));
            Assert.Equal("caught-up", Assert.Single(await ResumeAsync(cluster, node, other, 1)));
            Assert.Equal(["kept", "other", "caught-up"], await ResumeAsync(cluster, node, "earliest", 3));
        }
    }

    // Like ".backup" and ".restore" of SQLite's shell: under locks, while other processes have the files open.
    private static Task CopyAsync(string from, string to) => Retry.UntilAsync("the copy is made", async () =>
    {
        await using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        await using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        await source.OpenAsync();
        await target.OpenAsync();
        try
        {
            source.BackupDatabase(target);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteBusy or SqliteLocked)
        {
            return false; // A node is writing.
        }
    }, Patience);

    private static async Task<string> WriteAsync(FaultCluster cluster, string name)
    {
        using var client = cluster.AdminAt(0);
        HubAnswer? answer = null;
        await Retry.UntilAsync($"{name} is written", async () =>
        {
            answer = await client.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://p.example.com" });
            return answer.Status == 200;
        }, Patience);
        return answer!.Cursor!;
    }

    private static async Task<IReadOnlyList<string>> ResumeAsync(FaultCluster cluster, int node, string cursor, int count)
    {
        await using var socket = await CursorSocket.OpenAsync(cluster, node, cursor);
        return await SummaryAsync(socket, count);
    }

    private static async Task<IReadOnlyList<string>> SummaryAsync(CursorSocket socket, int count) =>
        [.. (await socket.TakeAsync(count)).Select(x => x.Summary)];
}
