using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Garm.Cluster.Tests.Support;
using Garm.Host.Configuration;
using Microsoft.Extensions.Configuration;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>The files to deploy with, as far as they can be checked without an engine that runs them.</summary>
public sealed partial class DeploymentSpecs
{
    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["GARM_SQL_PASSWORD"] = "Corr3ct-Horse-battery",
        ["GARM_JWT_SECRET"] = "0123456789abcdef0123456789abcdef",
        ["GARM_PASSPHRASE"] = "fedcba9876543210fedcba9876543210",
    };

    private readonly ComposeFile _compose = new();

    [Fact]
    public void ThereAreThreeNodes_ADatabase_AndABalancer()
    {
        Assert.Equal(["balancer", "database", "hub1", "hub2", "hub3"], _compose.Services.Keys.Select(x => x.ToString()!).Order());
    }

    [Fact]
    public void EveryVariable_IsRequired_AndSaysWhatItWants()
    {
        Assert.Equal(Secrets.Keys.Order(), _compose.RequiredVariables.Keys.Order());
        Assert.All(_compose.RequiredVariables.Values, x => Assert.NotEmpty(x));
    }

    [Fact]
    public void EveryNodesEnvironment_IsWhatTheHostReads()
    {
        foreach (var (name, service) in _compose.Hubs)
        {
            var environment = ComposeFile.EnvironmentOf(service, Secrets).ToDictionary(x => x.Key.Replace("__", ":"), x => (string?)x.Value);
            var settings = SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(environment).Build());

            Assert.Equal(name, settings.Cluster.Hostname);
            Assert.Equal(4053, settings.Cluster.Port);
            Assert.Equal("SqlServer", settings.Database.Provider);
            Assert.Contains(Secrets["GARM_SQL_PASSWORD"], settings.Database.ConnectionString, StringComparison.Ordinal);
            Assert.Equal(Secrets["GARM_JWT_SECRET"], settings.Jwt.Secret);
            Assert.Equal(Secrets["GARM_PASSPHRASE"], settings.Passphrase);
        }
    }

    [Fact]
    public void EveryKey_IsInTheDocument()
    {
        var document = Repository.Read("docs/configuration.md");
        var keys = _compose.Hubs.Values.SelectMany(x => ComposeFile.EnvironmentOf(x, Secrets).Keys)
            .Concat(DockerVariable().Matches(Repository.Read("Dockerfile")).Select(x => x.Groups["key"].Value));

        Assert.All(keys, x => Assert.Contains($"`{x.Replace("__", ":")}", document, StringComparison.Ordinal));
    }

    [Fact]
    public void TheGrace_IsLongerThanTheDrain()
    {
        foreach (var hub in _compose.Hubs.Values)
        {
            var grace = hub["stop_grace_period"].ToString()!;
            Assert.True(
                TimeSpan.FromSeconds(int.Parse(grace.TrimEnd('s'), CultureInfo.InvariantCulture)) > Garm.Host.SessionDrain.Patience + Garm.Actors.Clustering.ClusterLinkHostingExtensions.LeavePatience);
        }
    }

    [Fact]
    public void TheNodes_SeeTheClientsAddresses_WhichTheBalancerAloneTells()
    {
        Assert.Contains("option forwardfor", Repository.Read("deploy/haproxy.cfg"), StringComparison.Ordinal);
        Assert.All(_compose.Hubs.Values, x =>
        {
            Assert.Equal("true", ComposeFile.EnvironmentOf(x, Secrets)["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
            Assert.DoesNotContain("ports", x.Keys.Select(key => key.ToString()));
        });
    }

    [Fact]
    public void TheBalancer_KnowsEveryNode_AndAsksWhetherItIsReady()
    {
        var balancer = Repository.Read("deploy/haproxy.cfg");

        foreach (var hub in _compose.Hubs.Keys)
            Assert.Equal(2, Regex.Count(balancer, $@"^\s+server {hub} {hub}:9997$", RegexOptions.Multiline));
        Assert.Contains("option httpchk GET /readyz", balancer, StringComparison.Ordinal);
        Assert.Contains("timeout tunnel 24h", balancer, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task TheBalancersFile_IsOneThatItReads()
    {
        Skip.IfNot(File.Exists("/usr/sbin/haproxy"), "haproxy is not installed");
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/haproxy", ["-c", "-f", Repository.PathOf("deploy/haproxy.cfg")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, errors);
    }

    [Fact]
    public void TheImage_RunsAsNobody_FromTheProjectsPaths_AndGetsSignals()
    {
        var lines = Repository.Read("Dockerfile").Split('\n', StringSplitOptions.TrimEntries);

        Assert.Equal(2, lines.Count(x => x.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.Contains("USER $APP_UID", lines);
        Assert.Contains("""ENTRYPOINT ["dotnet", "Garm.Host.dll"]""", lines);
        var project = Assert.Single(lines, x => x.StartsWith("RUN dotnet publish ", StringComparison.Ordinal)).Split(' ')[3];
        Assert.True(File.Exists(Repository.PathOf(project)), $"{project} is not there");
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData(".ci/run")]
    public void TheImageAndTheTestsHost_AreCompiledAheadOfTime(string file) =>
        Assert.Matches(PublishesAheadOfTime(), Repository.Read(file));

    [GeneratedRegex(@"dotnet publish src/Garm\.Host\S* (-c|--configuration) Release [^\n]*--no-self-contained\s[^\n]*(\\\n\s*)?-p:PublishReadyToRun=true")]
    private static partial Regex PublishesAheadOfTime();

    [GeneratedRegex(@"(?<key>Garm__\w+|Urls)=")]
    private static partial Regex DockerVariable();
}
