using System.Globalization;
using Garm.Actors.Clustering;
using Garm.Cluster.Tests.Support;
using Garm.Host.Commands;
using Garm.Host.Lifetime;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>Checks the systemd unit on a machine that systemd does not run.</summary>
public sealed class SystemdSpecs
{
    private const string Unit = "deploy/systemd/garm.service";
    private const string Secrets = "deploy/systemd/secrets.conf";

    [Fact]
    public void TheUnit_FitsTheHub()
    {
        Assert.Equal(["notify"], Values(Unit, "Type"));
        Assert.Equal($"{ExitCodes.WrongSetting}", Values(Unit, "RestartPreventExitStatus").Single());
        Assert.True(
            TimeSpan.FromSeconds(int.Parse(Values(Unit, "TimeoutStopSec").Single(), CultureInfo.InvariantCulture))
            > SessionDrain.Patience + ClusterLinkHostingExtensions.LeavePatience);
        Assert.Contains($"Garm__DataDirectory=/var/lib/{Values(Unit, "StateDirectory").Single()}", Values(Unit, "Environment"));
        Assert.Equal($"/etc/{Values(Unit, "ConfigurationDirectory").Single()}", Values(Unit, "WorkingDirectory").Single());
        Assert.Equal(typeof(SessionDrain).Assembly.GetName().Name, Path.GetFileName(Values(Unit, "ExecStart").Single()));

        // The runtime could not compile.
        Assert.Empty(Values(Unit, "MemoryDenyWriteExecute"));
    }

    [Fact]
    public void EveryKey_IsInTheDocument()
    {
        var document = Repository.Read("docs/configuration.md");
        var keys = Values(Unit, "Environment").Concat(Values(Secrets, "Environment")).Select(x => x.Split('=')[0])
            .Concat(Values(Secrets, "LoadCredential").Select(x => x.Split(':')[0]))
            .Where(x => x.StartsWith("Garm__", StringComparison.Ordinal)).ToList();

        Assert.Equal(5, keys.Count);
        Assert.All(keys, x => Assert.Contains($"`{x.Replace("__", ":")}", document, StringComparison.Ordinal));
        Assert.Contains("Garm__SecretsDirectory=%d", Values(Secrets, "Environment"));
    }

    /// <summary>Systemd's own parser reports nothing, and its security analysis finds little exposure.</summary>
    [SkippableFact]
    public async Task Systemd_ReadsTheUnit_WithTheSecrets()
    {
        var systemd = Tool.Find("systemd-analyze");
        Skip.If(systemd is null, "systemd-analyze is not installed");
        var folder = Directory.CreateTempSubdirectory("garm-unit-").FullName;
        try
        {
            // The program must exist, and the hub's does not.
            var unit = Path.Combine(folder, "garm.service");
            await File.WriteAllTextAsync(unit, Repository.Read(Unit).Replace("=/opt/garm/Garm.Host", "=/bin/true", StringComparison.Ordinal));
            Directory.CreateDirectory($"{unit}.d");
            File.Copy(Repository.PathOf(Secrets), Path.Combine($"{unit}.d", "secrets.conf"));

            var read = await Tool.RunAsync(systemd, "verify", unit);
            var judged = await Tool.RunAsync(systemd, "security", "--offline=true", "--threshold=20", "--no-pager", unit);

            // An unknown key is reported, but is not a failure.
            Assert.Equal((0, ""), (read.ExitCode, read.Errors));
            Assert.True(judged.ExitCode == 0, judged.Output + judged.Errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Values(string file, string key) =>
        [.. Repository.Read(file).Split('\n').Where(x => x.StartsWith($"{key}=", StringComparison.Ordinal)).Select(x => x[(key.Length + 1)..])];
}
