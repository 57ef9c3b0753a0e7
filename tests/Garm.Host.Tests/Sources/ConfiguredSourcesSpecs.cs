using Garm.Data;
using Garm.Data.Engines;
using Garm.Data.Schema;
using Garm.Data.Sources;
using Garm.Host.Sources;
using Garm.TestUtilities;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.Host.Tests.Sources;

/// <summary>The sources of the settings, on the hub's own services before any actor runs.</summary>
public sealed class ConfiguredSourcesSpecs : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-configured-sources-").FullName;
    private readonly WebApplication _app;

    public ConfiguredSourcesSpecs() => _app = GarmApplication.Build(
    [
        $"--Garm:DataDirectory={_folder}",
        "--Garm:Sources:0:Name=first", "--Garm:Sources:0:Url=http://127.0.0.1:9", "--Garm:Sources:0:Username=u", "--Garm:Sources:0:Password=p",
        "--Garm:Sources:1:Name=second", "--Garm:Sources:1:Url=http://127.0.0.1:9", "--Garm:Sources:1:Username=u", "--Garm:Sources:1:Password=p",
    ]);

    public async Task InitializeAsync()
    {
        var initializer = _app.Services.GetRequiredService<DatabaseInitializer>();
        await initializer.MigrateAsync(default);
        await initializer.SeedAsync(default);
    }

    public async Task DisposeAsync()
    {
        var engine = (IDisposable)_app.Services.GetRequiredService<DatabaseEngine>();
        await _app.DisposeAsync();
        engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task OneThatWaitsForItsRemoval_HoldsUpNoOther()
    {
        var sources = _app.Services.GetRequiredService<ConfiguredSources>();
        await sources.ApplyAsync(default);
        Assert.Equal(["first", "second"], await NamesAsync());
        await OnStoreAsync(x => x.RemoveAsync("first", default));
        await OnStoreAsync(x => x.RemoveAsync("second", default));
        await sources.ApplyAsync(default);
        Assert.Empty(await NamesAsync());

        await sources.StartAsync(default);
        await ForgetAsync("second");

        await Retry.UntilAsync("the second is there again", async () => (await NamesAsync()) is ["second"], TimeSpan.FromSeconds(30));
        await sources.StopAsync(default);
    }

    private async Task<List<string>> NamesAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return [.. (await scope.ServiceProvider.GetRequiredService<SourceStore>().ListAsync(default)).Select(x => x.Name)];
    }

    private async Task OnStoreAsync(Func<SourceStore, Task> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<SourceStore>());
    }

    // As the mirror does once a removed source's entities are gone.
    private async Task ForgetAsync(string name)
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<GarmDbContext>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var delete = db.Database.GetDbConnection().CreateCommand();
        delete.CommandText =
            $"DELETE FROM source_statuses WHERE source_id = (SELECT id FROM sources WHERE name = '{name}'); DELETE FROM sources WHERE name = '{name}'";
        Assert.Equal(2, await delete.ExecuteNonQueryAsync());
    }
}
