using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Data.Engines;
using Garm.Data.Providers;
using Garm.Data.Retries;
using Garm.Data.Schema;
using Garm.Data.Secrets;
using Garm.Data.Tests.Engines;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Garm.Data.Tests.Support;

/// <summary>
/// A migrated and seeded database with the stores on top, and what was committed to it. A test class takes one as
/// <c>IAsyncLifetime</c> field, so that each test has a database of its own:
/// <code>
/// private readonly TestDatabase _database = new(engine);
/// public Task InitializeAsync() => _database.InitializeAsync();
/// public Task DisposeAsync() => _database.DisposeAsync();
/// </code>
/// </summary>
/// <param name="engine">The engine; SQLite by default.</param>
/// <param name="wrap">Wraps the engine, for example in one that fails.</param>
public sealed class TestDatabase(TestEngine? engine = null, Func<DatabaseEngine, DatabaseEngine>? wrap = null) : IAsyncLifetime
{
    private EngineDatabase? _database;
    private ServiceProvider? _services;

    /// <summary>The sealer of the stores; one for all tests, because deriving the key takes time.</summary>
    public static SecretSealer Sealer { get; } = new("a passphrase for tests only");

    /// <summary>The commits after the seeding.</summary>
    public RecordedCommits Commits { get; } = new();

    /// <summary>Where the data is.</summary>
    public EngineDatabase Where => _database ?? throw new InvalidOperationException("the database was not initialised");

    private ServiceProvider Services => _services ?? throw new InvalidOperationException("the database was not initialised");

    public async Task InitializeAsync()
    {
        _database = await (engine ?? TestEngine.Sqlite).CreateAsync(schema: true);
        _services = BuildServices(wrap is null ? _database.Engine : wrap(_database.Engine), Commits);
    }

    /// <summary>Adds the schema and the initial rows to an empty database.</summary>
    public static async Task PrepareAsync(DatabaseEngine engine)
    {
        await using var services = BuildServices(engine, new RecordedCommits());
        var initializer = services.GetRequiredService<DatabaseInitializer>();
        await initializer.MigrateAsync(CancellationToken.None);
        await initializer.SeedAsync(CancellationToken.None);
    }

    /// <summary>The services of a host, on this engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="listener">Receives the commits.</param>
    /// <param name="retries">The limits of retries; those of a host by default.</param>
    /// <param name="more">Adds services in place of the host's.</param>
    public static ServiceProvider BuildServices(
        DatabaseEngine engine, ICommitListener listener, WriteRetryOptions? retries = null, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        more?.Invoke(services);
        if (retries is not null) services.AddSingleton(retries);
        services.AddSingleton(listener);
        services.AddSingleton(Sealer);
        services.AddSingleton<IProviderCatalog>(new ProviderCatalog([new("fake", "external", "for tests")]));
        services.AddGarmData(engine);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>Uses a store or another scoped service in its own scope, as one request would.</summary>
    public async Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <inheritdoc cref="UseAsync{TService, TResult}"/>
    public Task UseAsync<TService>(Func<TService, Task> use)
        where TService : notnull =>
        UseAsync<TService, int>(async service =>
        {
            await use(service);
            return 0;
        });

    /// <summary>Reads the tables directly.</summary>
    public async Task<T> ReadAsync<T>(Func<GarmDbContext, Task<T>> read)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        return await read(db);
    }

    /// <summary>Saves rows for which there is no store method, such as the initial rows of a test.</summary>
    public async Task SaveAsync(Action<GarmDbContext> change)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        change(db);
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        if (_database is not null) await _database.DropAsync();
    }

    /// <summary>Creates contexts, for operations that no store has.</summary>
    public IDbContextFactory<GarmDbContext> Contexts =>
        Services.GetRequiredService<IDbContextFactory<GarmDbContext>>();
}

/// <summary>Receives the commits and keeps them.</summary>
public sealed class RecordedCommits : ICommitListener
{
    private readonly ConcurrentQueue<ChangeBatch> _batches = new();

    /// <summary>All changes, in order.</summary>
    public IReadOnlyList<Change> Changes => [.. _batches.SelectMany(x => x.Changes)];

    /// <summary>The changes as <c>type operation</c>, in order.</summary>
    public IReadOnlyList<string> Kinds =>
        [.. Changes.Select(x => $"{x.EntityType.WireName()} {x.Operation.WireName()}")];

    /// <summary>The only change's payload; fails when there are none or several.</summary>
    public JsonElement SinglePayload => JsonSerializer.Deserialize<JsonElement>(Changes.Single().Payload.Span);

    /// <summary>All payloads, joined, to search for what they must not contain.</summary>
    public string AllText => string.Concat(Changes.Select(x => Encoding.UTF8.GetString(x.Payload.Span)));

    public void Committed(ChangeBatch batch) => _batches.Enqueue(batch);

    /// <summary>Clears the received commits.</summary>
    public void Clear() => _batches.Clear();
}
