using System.Net.Http.Json;
using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Garm.TestUtilities;
using Npgsql;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>
/// A node dies between the commit and the publishing of it. On PostgreSQL the write waits for a lock that the test holds,
/// the node is paused (SIGSTOP), the test releases the lock, the server commits, and the node is killed.
/// On SQLite the node's own process commits, so there publishing is turned off, which looks the same to
/// the other nodes, and the node is killed when it answers.
/// </summary>
public sealed class CommitWithoutPublishSpecs(ITestOutputHelper output)
{
    private const string OnlyWrite = "unpublished-0";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [LongFact]
    public async Task ACommitOfANodeThatIsDead_IsSeenByAll_OnPostgreSql()
    {
        await using var cluster = await FaultCluster.StartAsync(TestServer.PostgreSql, 2);
        await using var load = await Load.StartAsync(cluster, writers: 0);
        using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", $"Bearer {cluster.Token}" } } };

        Task<HttpResponseMessage> write;
        await using (var connection = new NpgsqlConnection(cluster.ConnectionString))
        {
            await connection.OpenAsync();
            await using var lockOfHead = await connection.BeginTransactionAsync();
            await ScalarAsync(connection, "SELECT next_position FROM change_log_head FOR UPDATE");
            write = http.PostAsJsonAsync(
                new Uri(cluster.Node(0).BaseUrl, "/api/v1/proxies"), new { name = OnlyWrite, http_proxy = Subscriber.Mark });
            await UntilAsync(cluster, "the write waits for the lock", "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()");
            cluster.Node(0).Pause();
            await lockOfHead.CommitAsync();
        }

        await UntilAsync(cluster, "the server has committed", "SELECT COUNT(*) FROM proxies WHERE name = 'unpublished-0'");
        await cluster.KillAsync(0);
        load.Record.LoseAnswer(OnlyWrite, isMarked: true);
        load.EndFault(OnlyWrite);
        await load.Record.UntilSeenByAllAsync(OnlyWrite); // No later event follows that would reveal the gap.
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => write);
        await load.StartWritingAsync();
        await load.FinishAsync("kill -9 between commit and publish", output);
        Assert.Contains(OnlyWrite, await cluster.StoredAsync());
    }

    [LongFact]
    public async Task AcknowledgedWrites_OfANodeThatPublishedNone_AreSeenByAll_OnSqlite()
    {
        await using var cluster = await FaultCluster.StartAsync(
            TestServer.Create(TestServer.Sqlite), 2, number => number == 0 ? [("Garm:Cluster:PubSub", "false")] : []);
        await using var load = await Load.StartAsync(cluster);

        await load.WriteMoreAsync();
        await cluster.KillAsync(0);
        load.EndFault();

        await load.FinishAsync("kill -9 between commit and publish", output);
    }

    private static Task UntilAsync(FaultCluster cluster, string condition, string count) => Retry.UntilAsync(condition, async () =>
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        return await ScalarAsync(connection, count) is long and > 0;
    }, Patience);

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
