using System.Net;
using System.Net.Sockets;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Nodes;
using Garm.Data.PostgreSql;
using Garm.Data.Retries;
using Garm.Data.Schema;
using Garm.Data.SqlServer;
using Garm.Data.Sqlite;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Writes;
using Garm.Log.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>
/// A database that does not answer is given up after the configured time, whatever the client's own timeouts are: they are a
/// quarter of an hour here, and such a server keeps PostgreSQL's client from observing the cancellation.
/// </summary>
public sealed class NoAnswerSpecs
{
    private static readonly TimeSpan FaultsFor = TimeSpan.FromMilliseconds(600);

    /// <summary>Far longer than it takes on a busy machine, and far shorter than the clients' own timeouts.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Servers => [PostgreSqlEngine.ProviderName, SqlServerEngine.ProviderName];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AReadOfASilentServer_IsGivenUp(string provider)
    {
        using var silent = new SilentServer();
        await using var services = ServicesOn(EngineOf(provider, silent.Port));

        var refusal = await Assert.ThrowsAsync<TimeoutException>(
            () => WorkOn(services).ReadAsync(db => db.Controllers.CountAsync(), default).WaitAsync(Limit));

        Assert.Equal("the database did not answer for 0.6 s", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AWriteOnASilentServer_IsGivenUp(string provider)
    {
        using var silent = new SilentServer();
        await using var services = ServicesOn(EngineOf(provider, silent.Port));

        var refusal = await Assert.ThrowsAsync<TimeoutException>(
            () => WorkOn(services).WriteAsync(db => Task.FromResult(db.Add(new Proxy { Name = "p" })), default).WaitAsync(Limit));

        Assert.Equal("the database did not answer for 0.6 s", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AStartOnASilentServer_IsGivenUp(string provider)
    {
        using var silent = new SilentServer();
        await using var services = ServicesOn(EngineOf(provider, silent.Port));

        var refusal = await Assert.ThrowsAsync<TimeoutException>(
            () => services.GetRequiredService<DatabaseInitializer>().MigrateAsync(default).WaitAsync(Limit));

        Assert.Equal("the database did not answer for 0.6 s", refusal.Message);
    }

    [Fact]
    public async Task TheCallersOwnGivingUp_IsNoFaultOfTheDatabase()
    {
        using var silent = new SilentServer();
        await using var services = ServicesOn(EngineOf(PostgreSqlEngine.ProviderName, silent.Port), TimeSpan.FromMinutes(10));
        using var caller = new CancellationTokenSource();

        var reading = WorkOn(services).ReadAsync(db => db.Controllers.CountAsync(), caller.Token);
        await silent.Connected.WaitAsync(Limit);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Limit));
    }

    /// <summary>Its client's own timeout is 30 s for each attempt, and each wait for the file's lock was 10 s.</summary>
    [Fact]
    public async Task AWriteOnALockedFile_IsGivenUp_AndTheNextHasItsOwnTime()
    {
        var database = await TestEngine.Sqlite.CreateAsync(schema: true);
        using var engine = new SqliteEngine($"{database.ConnectionString};Default Timeout=900");
        await using (var services = ServicesOn(engine))
        {
            await using (var other = new SqliteConnection(database.ConnectionString))
            {
                await other.OpenAsync();
                await using var transaction = other.BeginTransaction();

                var refusal = await Assert.ThrowsAsync<SqliteException>(() => Task.Run(() => AddAsync(services)).WaitAsync(Limit));

                Assert.True(engine.IsTransient(refusal));
            }

            await AddAsync(services);
            await using var db = await services.GetRequiredService<IDbContextFactory<GarmDbContext>>().CreateDbContextAsync();
            Assert.Equal((null, 900), (db.Database.GetCommandTimeout(), ((SqliteConnection)db.Database.GetDbConnection()).DefaultTimeout));
        }

        await database.DropAsync();

        static Task AddAsync(ServiceProvider services) => WorkOn(services).WriteAsync(
            db => Task.FromResult(db.Add(new Proxy { Name = "p", HttpProxy = "http://p.example.com" })), default);
    }

    /// <summary>Work without retries is bounded too: leases, heartbeats, and the reads of the log.</summary>
    [Theory]
    [MemberData(nameof(Servers))]
    public async Task TheHubsOwnWork_OnASilentServer_IsGivenUp(string provider)
    {
        foreach (var work in OwnWork(FaultsFor))
        {
            using var silent = new SilentServer();
            var engine = EngineOf(provider, silent.Port);
            await using var services = ServicesOn(engine);

            var refusal = await Assert.ThrowsAsync<TimeoutException>(() => work(ContextsOf(services), engine).WaitAsync(Limit));

            Assert.Equal("the database did not answer for 0.6 s", refusal.Message);
        }
    }

    [SkippableFact]
    public async Task TheHubsOwnWork_OnALockedTable_IsGivenUp()
    {
        var database = await TestEngine.PostgreSql.CreateAsync(schema: true);
        var engine = new PostgreSqlEngine($"{database.ConnectionString};Command Timeout=900");
        await using (var services = ServicesOn(engine))
        await using (var other = new NpgsqlConnection(database.ConnectionString))
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand("LOCK TABLE leases, nodes, change_log_head, change_log IN ACCESS EXCLUSIVE MODE", other, transaction))
                await command.ExecuteNonQueryAsync();

            foreach (var work in OwnWork(TimeSpan.FromSeconds(1)))
                Assert.True(engine.IsTransient(await Assert.ThrowsAnyAsync<Exception>(() => work(ContextsOf(services), engine).WaitAsync(Limit))));
        }

        await database.DropAsync();
    }

    [Fact]
    public async Task TheHubsOwnWrites_OnALockedFile_AreGivenUp()
    {
        var database = await TestEngine.Sqlite.CreateAsync(schema: true);
        using var engine = new SqliteEngine($"{database.ConnectionString};Default Timeout=900");
        await using (var services = ServicesOn(engine))
        await using (var other = new SqliteConnection(database.ConnectionString))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction();

            // A writer of the file does not block readers.
            foreach (var work in OwnWork(TimeSpan.FromSeconds(1)).Take(2))
            {
                var refusal = await Assert.ThrowsAsync<SqliteException>(
                    () => Task.Run(() => work(ContextsOf(services), engine)).WaitAsync(Limit));
                Assert.True(engine.IsTransient(refusal));
            }
        }

        await database.DropAsync();
    }

    /// <summary>Writes first, then reads.</summary>
    private static IEnumerable<Func<IDbContextFactory<GarmDbContext>, DatabaseEngine, Task>> OwnWork(TimeSpan longest) =>
    [
        (contexts, engine) => new DatabaseLease(contexts, engine) { Longest = longest }
            .TryAcquireAsync("a", "me", TimeSpan.FromMinutes(1), default),
        (contexts, engine) => new NodeRegistry(contexts, engine) { Longest = longest }
            .BeatAsync(new NodeBeat(NodeId.NewId(), "akka.tcp://garm@h:1", Joined: true), default),
        (contexts, engine) => new ChangeLogReader(contexts, engine) { Longest = longest }.ReadHeadAsync(default),
        (contexts, engine) => new ChangeLogReader(contexts, engine) { Longest = longest }.ReadRangeAsync(default),
        (contexts, engine) => new ChangeLogReader(contexts, engine) { Longest = longest }.ReadAfterAsync(default, 10, default),
    ];

    private static IDbContextFactory<GarmDbContext> ContextsOf(ServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<GarmDbContext>>();

    private static DatabaseEngine EngineOf(string provider, int port) => provider == PostgreSqlEngine.ProviderName
        ? new PostgreSqlEngine($"Host=127.0.0.1;Port={port};Database=hub;Username=u;Timeout=900;Command Timeout=900")
        : new SqlServerEngine($"Server=tcp:127.0.0.1,{port};Database=hub;User Id=u;Password=p;Connect Timeout=900;Command Timeout=900;Encrypt=false");

    private static ServiceProvider ServicesOn(DatabaseEngine engine, TimeSpan? faultsFor = null) => TestDatabase.BuildServices(
        engine, new RecordedCommits(), new WriteRetryOptions { FaultsFor = faultsFor ?? FaultsFor });

    // Used by nothing else, so no scope is needed.
    private static UnitOfWork WorkOn(ServiceProvider services) =>
        ActivatorUtilities.CreateInstance<UnitOfWork>(services);

    /// <summary>Accepts connections and does not answer.</summary>
    private sealed class SilentServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public SilentServer()
        {
            _listener.Start();
            Connected = _listener.AcceptSocketAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public Task<Socket> Connected { get; }

        public void Dispose()
        {
            if (Connected.IsCompletedSuccessfully) Connected.Result.Dispose();
            _listener.Dispose();
        }
    }
}
