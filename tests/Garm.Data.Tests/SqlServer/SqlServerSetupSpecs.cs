using Garm.Data.Engines;
using Garm.Data.SqlServer;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.Data.SqlClient;
using Xunit;

namespace Garm.Data.Tests.SqlServer;

/// <summary>Properties of a real SQL Server.</summary>
public sealed class SqlServerSetupSpecs : IAsyncLifetime
{
    private EngineDatabase? _database;

    private string ConnectionString => _database!.ConnectionString;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _database?.DropAsync() ?? Task.CompletedTask;

    [SkippableFact]
    public async Task ADatabaseThatTheHubMakes_HasReadCommittedSnapshot()
    {
        await MakeAsync(schema: true);

        Assert.Equal(1, await ReadAsync("SELECT CAST(is_read_committed_snapshot_on AS int) FROM sys.databases WHERE database_id = DB_ID()"));
    }

    [SkippableFact]
    public async Task ADatabaseInUse_WithoutReadCommittedSnapshot_IsRefused()
    {
        await MakeAsync(schema: true);
        await RunAsync("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT OFF WITH ROLLBACK IMMEDIATE");

        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => TestDatabase.PrepareAsync(_database!.NewEngine()));

        Assert.Contains("READ_COMMITTED_SNAPSHOT is off", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task AnEmptyDatabase_IsSetUp_WhileOthersLookAtIt()
    {
        await MakeAsync(schema: false);
        var builder = new SqlConnectionStringBuilder(ConnectionString);
        await RunAsync($"CREATE DATABASE [{builder.InitialCatalog}]", new SqlConnectionStringBuilder(ConnectionString) { InitialCatalog = "master" }.ConnectionString);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestDatabase.PrepareAsync(_database!.NewEngine()))));

        Assert.Equal(1, await ReadAsync("SELECT CAST(is_read_committed_snapshot_on AS int) FROM sys.databases WHERE database_id = DB_ID()"));
    }

    [SkippableFact]
    public async Task ATriggerOnATable_IsRefused()
    {
        await MakeAsync(schema: true);
        await RunAsync("CREATE TRIGGER audit ON proxies AFTER INSERT AS RETURN");

        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => TestDatabase.PrepareAsync(_database!.NewEngine()));

        Assert.Contains("audit on proxies", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task RowsAreCounted_WhateverTheSessionsDefaultIs()
    {
        await MakeAsync(schema: true);
        var engine = new SqlServerEngine(ConnectionString);
        await using var connection = new SqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SET NOCOUNT ON";
        await command.ExecuteNonQueryAsync();

        command.CommandText = engine.Counted("UPDATE controllers SET minimum_job_age_backoff = minimum_job_age_backoff");

        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private async Task MakeAsync(bool schema) => _database = await TestEngine.SqlServer.CreateAsync(schema);

    private async Task<int> ReadAsync(string sql)
    {
        await using var connection = new SqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private async Task RunAsync(string sql, string? connectionString = null)
    {
        await using var connection = new SqlConnection(SqlServerConnection.Unpooled(connectionString ?? ConnectionString));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
