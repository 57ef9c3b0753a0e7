using System.Diagnostics;
using Garm.Golden.Running;
using Garm.Host.Configuration;
using Garm.Host.Lifetime;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Xunit;

namespace Garm.Host.Tests.Operations;

/// <summary>Copies of a hub on SQLite: a copy made as documented is complete, and an empty copy is noticed.</summary>
public sealed class CopySpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-test-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LongFact]
    public async Task TheFileOfAHubThatHasStopped_IsTheWholeHub()
    {
        await UseAsync(Data, async hub => await hub.WriteAsync("first"));
        Assert.DoesNotContain(Directory.GetFiles(Data, "garm.db-*"), x => !x.EndsWith("-migrate", StringComparison.Ordinal));

        var copy = CopyFolder("garm.db", "passphrase", "jwt-secret");

        await UseAsync(copy, async hub => Assert.Equal(["first"], await hub.ProxiesAsync()));
    }

    [LongFact]
    public async Task ABackupUnderARunningHub_IsTheWholeHubOfThatMoment()
    {
        var backup = Path.Combine(_folder, "backup.db");
        await UseAsync(Data, async hub =>
        {
            await hub.WriteAsync("first");
            var (code, output) = await RunAsync("backup", backup, $"--Garm:DataDirectory={Data}");
            Assert.True(code == 0, output);
            Assert.Contains("Keep the passphrase with it", output, StringComparison.Ordinal);
            await hub.WriteAsync("later");

            // Once more to the same file.
            (code, output) = await RunAsync("backup", backup, $"--Garm:DataDirectory={Data}");
            Assert.Equal(1, code);
            Assert.Contains("already exists and is not overwritten", output, StringComparison.Ordinal);
        });

        var restored = CopyFolder("passphrase", "jwt-secret");
        File.Copy(backup, Path.Combine(restored, "garm.db"));

        await UseAsync(restored, async hub => Assert.Equal(["first"], await hub.ProxiesAsync()));
    }

    [Fact]
    public async Task ABackupOfAnotherEngine_IsSaidToBeThatOnesOwn()
    {
        var (code, output) = await RunAsync(
            "backup", Path.Combine(_folder, "b"), "--Garm:Database:Provider=PostgreSql", "--Garm:Database:ConnectionString=Host=127.0.0.1;Database=garm");

        Assert.Equal(2, code);
        Assert.Contains("pg_dump", output, StringComparison.Ordinal);
    }

    [LongTheory]
    [InlineData("passphrase", "jwt-secret")] // A copy of the files that docs/configuration.md names.
    [InlineData("passphrase", "jwt-secret", DataFolder.MarkName)]
    public async Task AnEmptyDatabaseBesideAHubsSecrets_IsNamed_AndNotOpenToAFirstRun_WithoutASwitch(params string[] kept)
    {
        await UseAsync(Data, async hub => await hub.WriteAsync("first"));
        var copy = CopyFolder(kept);
        await File.WriteAllBytesAsync(Path.Combine(copy, "garm.db"), []);

        for (var start = 0; start < 2; start++)
        {
            await using var hub = await RunningHost.StartAsync(Settings(copy));
            await Retry.UntilAsync(
                "the warning is in the log",
                () => Task.FromResult(hub.Output.Contains("has no administrator, but the data folder", StringComparison.Ordinal)),
                TimeSpan.FromSeconds(10));
            var refusal = await Assert.ThrowsAnyAsync<Exception>(() => GoldenServer.InitialiseAsync(hub.BaseUrl));
            Assert.Contains("409", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("Garm:AllowFirstRunBesideSecrets", refusal.Message, StringComparison.Ordinal);
        }

        var allowed = Settings(copy);
        allowed["Garm:AllowFirstRunBesideSecrets"] = "true";
        await (await RunningHost.StartAsync(allowed)).DisposeAsync();
        await using var again = await RunningHost.StartAsync(Settings(copy));
        await GoldenServer.InitialiseAsync(again.BaseUrl);
    }

    [Theory]
    [InlineData(false, null, true)] // A new folder that could not be written.
    [InlineData(false, "", true)] // A new folder.
    [InlineData(true, "", true)] // The former start ended between the secrets and the database.
    [InlineData(true, "this", true)] // A restart before the first run.
    [InlineData(true, "other", false)]
    [InlineData(false, "other", false)] // Secrets by settings.
    [InlineData(true, null, false)] // A folder of a version without the file.
    public void ADatabaseWithoutAdministrator_IsTheFoldersOwn_ByItsMark(bool hasSecrets, string? mark, bool isOwn) =>
        Assert.Equal(isOwn, FirstRunGate.IsOwn(new FolderHistory(hasSecrets, mark), "this"));

    private string CopyFolder(params string[] files)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder, $"{Guid.NewGuid():N}")).FullName;
        foreach (var file in files) File.Copy(Path.Combine(Data, file), Path.Combine(copy, file));
        return copy;
    }

    private static Dictionary<string, string?> Settings(string data) => new() { ["Garm:DataDirectory"] = data };

    private static async Task UseAsync(string data, Func<UsedHub, Task> use)
    {
        await using var host = await RunningHost.StartAsync(Settings(data));
        await use(new UsedHub(host));
        await host.StopAsync();
        Assert.Equal(0, host.ExitCode);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var assembly = RunningHost.GivenAssembly ?? Path.Combine(AppContext.BaseDirectory, "Garm.Host.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private sealed class UsedHub(RunningHost host)
    {
        /// <summary>Writes a proxy; the first time after the first run.</summary>
        public async Task WriteAsync(string proxy)
        {
            using var nobody = new HubClient(host.BaseUrl, null);
            if ((await nobody.SendAsync("POST", "/api/v1/auth/login", new { })).Status == 409) await GoldenServer.InitialiseAsync(host.BaseUrl);
            using var admin = await HubClient.LoginAsync(host.BaseUrl, "admin");
            Assert.Equal(200, (await admin.SendAsync("POST", "/api/v1/proxies", new { name = proxy, http_proxy = "http://p.example.com" })).Status);
        }

        public async Task<IEnumerable<string?>> ProxiesAsync()
        {
            using var admin = await HubClient.LoginAsync(host.BaseUrl, "admin");
            var list = await admin.SendAsync("GET", "/api/v1/proxies");
            return [.. list.Json.EnumerateArray().Select(x => x.GetProperty("name").GetString())];
        }
    }
}
