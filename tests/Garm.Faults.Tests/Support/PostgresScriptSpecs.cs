using Garm.TestUtilities;
using Npgsql;

namespace Garm.Faults.Tests.Support;

/// <summary>Cases of <c>.ci/postgres</c> that no other test covers.</summary>
public sealed class PostgresScriptSpecs
{
    [LongFact]
    public async Task Start_TakesTheStoppedServerThatIsThere_AndRefusesOneThatRuns()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await RunAsync(server, "CREATE TABLE kept (id int)");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(server.StartAnewAsync);
        await server.StopAsync();
        await server.StartAnewAsync();

        Assert.Contains("runs already", refusal.Message, StringComparison.Ordinal);
        await RunAsync(server, "SELECT id FROM kept");
    }

    private static async Task RunAsync(PrivatePostgres server, string statement)
    {
        await using var connection = new NpgsqlConnection($"{server.Server};Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
