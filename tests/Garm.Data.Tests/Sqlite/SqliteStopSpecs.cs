using Garm.Data.Model;
using Garm.Data.Schema;
using Garm.Data.Sqlite;
using Garm.Data.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Garm.Data.Tests.Sqlite;

/// <summary>The files after a hub has stopped, and a backup while it runs.</summary>
public sealed class SqliteStopSpecs : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-test-").FullName;
    private readonly RecordedCommits _commits = new();
    private bool _isWhole;

    private string File => Path.Combine(_folder, "garm.db");

    private string ConnectionString => $"Data Source={File}";

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task AfterAStop_TheFileIsWholeAndAlone()
    {
        await RunAsync(_ => Task.CompletedTask);

        Assert.True(_isWhole);
        Assert.Equal(["garm.db", "garm.db-migrate"], Files());
        Assert.Equal(1, await CountProxiesAsync(File));
    }

    [Fact]
    public async Task AStop_WithAnotherProcessOnTheFile_LeavesItToThatOne()
    {
        using var other = new SqliteConnection($"{ConnectionString};Pooling=False");
        await RunAsync(async _ =>
        {
            // A reader within a transaction, which keeps its snapshot.
            await other.OpenAsync();
            Assert.Equal(1L, Scalar(other, "BEGIN; SELECT count(*) FROM proxies"));
        });

        Assert.False(_isWhole);
        Assert.Equal(1L, Scalar(other, "SELECT count(*) FROM proxies; COMMIT"));
        Assert.Equal(1L, Scalar(other, "INSERT INTO tags (id, name, normalized_name) VALUES ('a', 'b', 'c'); SELECT count(*) FROM tags"));
        other.Close();
        Assert.Equal(["garm.db", "garm.db-migrate"], Files());
    }

    [Fact]
    public async Task ABackup_UnderARunningHub_IsWholeAndAlone()
    {
        var copy = Path.Combine(_folder, "copy.db");
        await RunAsync(async services =>
        {
            var size = SqliteBackup.Run(ConnectionString, copy);
            Assert.Equal(new FileInfo(copy).Length, size);
            await AddProxyAsync(services, "later");
        });

        Assert.Equal(["copy.db", "garm.db", "garm.db-migrate"], Files());
        Assert.Equal(1, await CountProxiesAsync(copy));
        Assert.Equal(2, await CountProxiesAsync(File));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(copy));
    }

    [Fact]
    public async Task ABackup_OverwritesNothing_AndMakesNothingOfNothing()
    {
        await RunAsync(_ => Task.CompletedTask);
        var taken = Path.Combine(_folder, "taken");
        await System.IO.File.WriteAllTextAsync(taken, "precious");

        Assert.Contains("is not overwritten", Assert.Throws<IOException>(() => SqliteBackup.Run(ConnectionString, taken)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => SqliteBackup.Run($"{ConnectionString}-missing", Path.Combine(_folder, "copy")));

        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(taken));
        Assert.Equal(["garm.db", "garm.db-migrate", "taken"], Files());
    }

    /// <summary>A hub's life from the database's view; one proxy is written.</summary>
    private async Task RunAsync(Func<ServiceProvider, Task> meanwhile)
    {
        var engine = new SqliteEngine(ConnectionString);
        await using (var services = TestDatabase.BuildServices(engine, _commits)) await RunAsync(services, meanwhile);
        engine.Dispose();
        _isWhole = engine.IsWhole;
    }

    private async Task RunAsync(ServiceProvider services, Func<ServiceProvider, Task> meanwhile)
    {
        var initializer = services.GetRequiredService<DatabaseInitializer>();
        await initializer.MigrateAsync(default);
        await initializer.SeedAsync(default);
        await AddProxyAsync(services, "kept");
        Assert.True(System.IO.File.Exists($"{File}-wal"));
        await meanwhile(services);
    }

    private static async Task AddProxyAsync(ServiceProvider services, string name)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<GarmDbContext>>().CreateDbContextAsync();
        db.Add(new Proxy { Name = name, HttpProxy = "http://p.example.com" });
        await db.SaveChangesAsync();
    }

    /// <summary>From the main file only: the copy has no log beside it.</summary>
    private async Task<long> CountProxiesAsync(string file)
    {
        var alone = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "alone")).FullName, "garm.db");
        System.IO.File.Copy(file, alone, overwrite: true);
        await using var connection = new SqliteConnection($"Data Source={alone};Pooling=False");
        await connection.OpenAsync();
        var count = (long)Scalar(connection, "SELECT count(*) FROM proxies")!;
        await connection.CloseAsync();
        Directory.Delete(Path.GetDirectoryName(alone)!, recursive: true);
        return count;
    }

    private string[] Files() => [.. Directory.GetFiles(_folder).Select(x => Path.GetFileName(x)).Order(StringComparer.Ordinal)];

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
