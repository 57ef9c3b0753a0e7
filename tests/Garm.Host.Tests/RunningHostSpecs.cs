using Garm.TestUtilities;

namespace Garm.Host.Tests;

/// <summary>The host as a process: how it starts, how it refuses to, and how it ends.</summary>
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

    [SkippableFact]
    public async Task TwoHosts_ShouldStartAtOnce_OnOneEmptyPostgreSql()
    {
        await using var database = PostgreSqlDatabase.Create();
        var settings = new Dictionary<string, string?>
        {
            ["Garm:Database:Provider"] = "PostgreSql",
            ["Garm:Database:ConnectionString"] = database.ConnectionString,
        };

        var hosts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunningHost.StartAsync(settings)));
        foreach (var host in hosts) await host.DisposeAsync();

        Assert.Equal(1L, await database.ScalarAsync("SELECT count(*) FROM controllers"));
        Assert.Equal(1L, await database.ScalarAsync("SELECT count(*) FROM change_log_head"));
        Assert.Equal(6L, await database.ScalarAsync("SELECT max(position) FROM change_log"));
        Assert.Equal(6L, await database.ScalarAsync("SELECT count(*) FROM change_log"));
    }
}
