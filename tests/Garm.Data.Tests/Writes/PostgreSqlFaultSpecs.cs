using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Proxies;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>Connections that a real server terminates at any moment.</summary>
public sealed class PostgreSqlFaultSpecs : IAsyncLifetime
{
    private const int Writers = 6;
    private const int Writes = 40;

    // Most attempts succeed: a connection is terminated after every few writes.
    private const int WritesBetween = 4;

    private readonly TestDatabase _database = new(TestEngine.PostgreSql);
    private readonly SemaphoreSlim _written = new(0);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task EveryAcknowledgedWrite_IsStoredAndLoggedOnce_WhileConnectionsAreTerminated()
    {
        using var done = new CancellationTokenSource();
        var terminating = TerminateAsync(done.Token);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));
        await done.CancelAsync();
        var terminated = await terminating;

        Assert.True(terminated > 0, "no connection was terminated: the test saw no fault");
        Assert.Equal(Writers * Writes, await _database.ReadAsync(db => db.Proxies.CountAsync()));
        var log = await _database.ReadAsync(db => db.ChangeLog.OrderBy(x => x.Position).ToListAsync());
        Assert.Equal(Enumerable.Range(1, log.Count).Select(x => (long)x), log.Select(x => x.Position));
        Assert.Equal(2 * Writers * Writes, log.Count(x => x.EntityType == "proxy"));
        Assert.Equal(Writers * Writes, log.Where(x => x.EntityType == "proxy").Select(x => x.EntityId).Distinct().Count());
    }

    private async Task WriteAsync(int writer)
    {
        for (var i = 0; i < Writes; i++)
        {
            var name = $"p{writer}-{i}";
            var made = await _database.UseAsync<ProxyStore, Contracts.Entities.ProxyView>(store => store.CreateAsync(
                new CreateProxyRequest { Name = name, HttpProxy = "http://p.example.com" }, default));
            await _database.UseAsync<ProxyStore>(store => store.UpdateAsync(made.Id, new UpdateProxyRequest { Description = name }, default));
            var stored = await _database.UseAsync<UnitOfWork, Proxy>(work => work.ReadAsync(
                db => db.Proxies.SingleAsync(x => x.Id == made.Id), default));
            Assert.Equal((name, name, 2), (stored.Name, stored.Description, stored.Version));
            _written.Release();
        }
    }

    private async Task<int> TerminateAsync(CancellationToken done)
    {
        var builder = new NpgsqlConnectionStringBuilder(_database.Where.ConnectionString) { Pooling = false };
        var name = builder.Database;
        builder.Database = "postgres";
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(
            """
            SELECT count(pg_terminate_backend(pid)) FROM
              (SELECT pid FROM pg_stat_activity WHERE datname = $1 AND state <> 'idle' ORDER BY random() LIMIT 1) AS victim
            """, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        var terminated = 0L;
        try
        {
            while (true)
            {
                for (var i = 0; i < WritesBetween; i++) await _written.WaitAsync(done);
                terminated += (long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
            }
        }
        catch (OperationCanceledException)
        {
            return (int)terminated;
        }
    }
}
