using System.Net;
using System.Net.Sockets;
using Garm.TestUtilities;

namespace Garm.Host.Tests;

/// <summary>The host as a process: its start, its refusals to start, and its end.</summary>
public sealed class RunningHostSpecs
{
    [Fact]
    public async Task Host_ShouldEndWithZero_WhenAskedToStop()
    {
        await using var host = await RunningHost.StartAsync(new Dictionary<string, string?>());

        await host.StopAsync();

        Assert.Equal(0, host.ExitCode);
    }

    [Fact]
    public async Task StartThatFails_ShouldSayWhy()
    {
        var settings = new Dictionary<string, string?> { ["Garm:Database:Provider"] = "Abacus" };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningHost.StartAsync(settings));

        Assert.Contains("exit code 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Garm:Database:Provider", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Garm:Cluster:Tls:CertificatePath", "nowhere.pfx", "Garm:Cluster:Tls:CertificatePath")]
    [InlineData("Garm:Cluster:Tls:Password", "secret-of-the-test", "Garm:Cluster:Tls:CertificatePath")]
    [InlineData("Garm:Cluster:Tls:AuthorityPath", "nowhere.pem", "Garm:Cluster:Tls:CertificatePath")]
    public async Task ABadTlsSetting_EndsTheStart_WithCode2_AndOneLineThatNamesIt(string key, string value, string named)
    {
        var settings = new Dictionary<string, string?> { ["Garm:Cluster:Hostname"] = "127.0.0.1", [key] = value };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningHost.StartAsync(settings));

        Assert.Contains("exit code 2", fault.Message, StringComparison.Ordinal);
        var line = Assert.Single(fault.Message.Split("its output:\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"garm: wrong setting {named}: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-test", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutMigrating_ADatabaseWithoutSchema_StopsTheStart()
    {
        var settings = new Dictionary<string, string?> { ["Garm:Database:MigrateOnStart"] = "false" };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningHost.StartAsync(settings));

        Assert.Contains("exit code 1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no schema yet", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatIsNotConfigured_StopsTheStart()
    {
        var settings = new Dictionary<string, string?> { ["Garm:Database:Provider"] = "PostgreSql" };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningHost.StartAsync(settings));

        Assert.Contains("exit code 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Garm:Database:ConnectionString", fault.Message, StringComparison.Ordinal);
    }

    [LongFact]
    public async Task SqlServer_CanBeAskedFor_AndIsSaidNotToAnswer()
    {
        // Without migrations there is one attempt. Nothing listens on port 1.
        var fault = await RefusedStartAsync(
            ("Garm:Database:Provider", "SqlServer"), ("Garm:Database:MigrateOnStart", "false"),
            ("Garm:Database:ConnectionString", "Server=127.0.0.1,1;Database=garm;User Id=garm;Password=secret-of-the-test;Connect Timeout=2"));

        Assert.Contains("exit code 1", fault, StringComparison.Ordinal);
        Assert.StartsWith("garm: cannot start: the SqlServer database is not usable: ", Assert.Single(OutputOf(fault)), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-test", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Garm:Cluster:Port")]
    [InlineData("Garm:Cluster:BindHostname")]
    public async Task AnAddressOfTheCluster_ThatCannotBeListenedOn_StopsTheStart_WithOneLine(string wrong)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var settings = wrong == "Garm:Cluster:Port"
            ? (wrong, $"{((IPEndPoint)taken.LocalEndpoint).Port}")
            : (wrong, "192.0.2.1"); // Reserved for documentation: no machine has it.

        var fault = await RefusedStartAsync(("Garm:Cluster:Hostname", "127.0.0.1"), settings);

        Assert.Contains("exit code 1", fault, StringComparison.Ordinal);
        var line = Assert.Single(OutputOf(fault));
        Assert.StartsWith("garm: cannot start: the hub cannot listen on the cluster's address ", line, StringComparison.Ordinal);
        Assert.Contains(wrong, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASqliteFolderThatCannotBeWritten_StopsTheStart_WithOneLine()
    {
        var folder = Directory.CreateTempSubdirectory("garm-folder-");
        try
        {
            // A folder at the path of the lock's file: this fails even for a user who may write everywhere.
            folder.CreateSubdirectory("garm.db-migrate");

            var fault = await RefusedStartAsync(("Garm:Database:ConnectionString", $"Data Source={folder.FullName}/garm.db"));

            Assert.Contains("exit code 1", fault, StringComparison.Ordinal);
            Assert.StartsWith(
                $"garm: cannot start: the Sqlite database {folder.FullName}/garm.db is not usable: ", Assert.Single(OutputOf(fault)),
                StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("AKKA:LOGLEVEL", "LOUD", "Unknown LogLevel: \"LOUD\"")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://192.0.2.1:80", "the hub cannot listen on an address of Kestrel:Endpoints")]
    public async Task AStartThatFailsInTheMiddle_EndsSoon_AndSaysWhy(string key, string value, string reason)
    {
        var fault = await RefusedStartAsync((key, value));

        Assert.Contains("exit code 1", fault, StringComparison.Ordinal);
        Assert.Contains($"garm: cannot start: {reason}", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(OutputOf(fault), x => x.StartsWith("   at ", StringComparison.Ordinal) || x.Contains("sessions did not end", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASettingThatIsNone_IsWarnedOf()
    {
        await using var host = await RunningHost.StartAsync(new Dictionary<string, string?> { ["Garm:Databse:Provider"] = "PostgreSql" });

        await Retry.UntilAsync(
            "the warning is in the log", () => Task.FromResult(host.Output.Contains("Garm:Databse:Provider is not a setting", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(10));
    }

    [LongFact]
    public async Task ASecondHubOnAFolder_IsWarnedOf_ButNoNodeOfACluster()
    {
        var folder = Directory.CreateTempSubdirectory("garm-shared-");
        try
        {
            Dictionary<string, string?> settings = new() { ["Garm:DataDirectory"] = folder.FullName };
            await using var first = await RunningHost.StartAsync(settings);
            await using var second = await RunningHost.StartAsync(settings);
            settings["Garm:Cluster:Hostname"] = "127.0.0.1";
            await using var node = await RunningHost.StartAsync(settings);

            await Retry.UntilAsync("the warning is in the log", () => Task.FromResult(IsWarned(second)), TimeSpan.FromSeconds(10));
            Assert.False(IsWarned(first));
            Assert.False(IsWarned(node)); // The host is ready, and the warning is logged before that.
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static bool IsWarned(RunningHost host) => host.Output.Contains("Another hub uses the folder", StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task TwoHosts_ShouldStartAtOnce_OnOneEmptyPostgreSql()
    {
        await using var database = PostgreSqlDatabase.Create();
        var settings = new Dictionary<string, string?>
        {
            ["Garm:Database:Provider"] = "PostgreSql",
            ["Garm:Database:ConnectionString"] = database.ConnectionString,
            ["Garm:Secrets:Passphrase"] = "one passphrase for both nodes",
        };

        var hosts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunningHost.StartAsync(settings)));
        foreach (var host in hosts) await host.DisposeAsync();

        Assert.Equal(1L, await database.ScalarAsync("SELECT count(*) FROM controllers"));
        Assert.Equal(1L, await database.ScalarAsync("SELECT count(*) FROM change_log_head"));
        Assert.Equal(6L, await database.ScalarAsync("SELECT max(position) FROM change_log"));
        Assert.Equal(6L, await database.ScalarAsync("SELECT count(*) FROM change_log"));
    }

    private static async Task<string> RefusedStartAsync(params (string Key, string Value)[] settings) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunningHost.StartAsync(settings.ToDictionary(x => x.Key, x => (string?)x.Value)))).Message;

    private static string[] OutputOf(string fault) =>
        fault.Split("its output:\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
