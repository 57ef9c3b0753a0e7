using BenchmarkDotNet.Attributes;
using Garm.Contracts.Requests;
using Garm.Data;
using Garm.Data.Providers;
using Garm.Data.Proxies;
using Garm.Data.Schema;
using Garm.Data.Secrets;
using Garm.Data.Sqlite;
using Garm.Log;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.Benchmarks;

/// <summary>A write with its log row, and reading pages of the log, on SQLite with durable commits.</summary>
public class LogBenchmarks
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-bench-").FullName;
    private ServiceProvider _services = null!;
    private long _proxy;
    private int _name;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ICommitListener>(new NobodyListens());
        services.AddSingleton(new SecretSealer("a passphrase for benchmarks only"));
        services.AddSingleton<IProviderCatalog>(new ProviderCatalog([]));
        services.AddGarmData(new SqliteEngine($"Data Source={Path.Combine(_folder, "bench.db")}"));
        _services = services.BuildServiceProvider();
        var initializer = _services.GetRequiredService<DatabaseInitializer>();
        await initializer.MigrateAsync(CancellationToken.None);
        await initializer.SeedAsync(CancellationToken.None);
        await using var scope = _services.CreateAsyncScope();
        var created = await scope.ServiceProvider.GetRequiredService<ProxyStore>().CreateAsync(
            new CreateProxyRequest { Name = "p", HttpProxy = "http://p.example.com" }, CancellationToken.None);
        _proxy = created.Id;
        for (var i = 0; i < 600; i++) await Update();
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public async Task Update()
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ProxyStore>().UpdateAsync(
            _proxy, new UpdateProxyRequest { Name = $"p{++_name}" }, CancellationToken.None);
    }

    [Benchmark]
    public async Task<int> PageOf500() =>
        (await _services.GetRequiredService<IChangeLogReader>().ReadAfterAsync(LogPosition.Origin, 500, CancellationToken.None)).Count;

    private sealed class NobodyListens : ICommitListener
    {
        public void Committed(ChangeBatch batch)
        {
            // The log is measured, not the relay.
        }
    }
}
