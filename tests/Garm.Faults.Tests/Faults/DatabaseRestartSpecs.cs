using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Garm.TestUtilities;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>
/// The database stops answering under load. PostgreSQL is stopped and started again some seconds
/// later; SQLite has no server, so another process locks its file for the same time.
/// </summary>
public sealed class DatabaseRestartSpecs(ITestOutputHelper output)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    [LongFact]
    public async Task ARestartOfTheServer_LosesNothing_AndRepeatsNothing()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await using var cluster = await FaultCluster.StartAsync(TestServer.On(server.Server), 2, _ => []);
        await using var load = await Load.StartAsync(cluster);

        await server.StopAsync();
        await load.UntilWritersWaitAsync(Outage);
        await server.StartAgainAsync();
        load.EndFault();

        await load.FinishAsync("restart of the database", output);

        // Requests wait for the database instead of failing at once: only those fail that their writer cancels.
        Assert.Equal(0, load.Record.Refused);
        await cluster.UntilReadyAsync();
    }

    [LongFact]
    public async Task ALockOfSomebodyElse_OnTheFile_LosesNothing()
    {
        await using var cluster = await FaultCluster.StartAsync(TestServer.Sqlite, 2);
        await using var load = await Load.StartAsync(cluster);

        await using (var connection = new SqliteConnection($"Data Source={cluster.SqliteFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            await command.ExecuteNonQueryAsync();
            await load.UntilWritersWaitAsync(Outage);
        }

        load.EndFault();
        await load.FinishAsync("the file is locked", output);
    }
}
