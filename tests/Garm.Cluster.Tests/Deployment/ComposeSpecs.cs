using System.Globalization;
using System.Text.RegularExpressions;
using Garm.Actors.Clustering;
using Garm.Cluster.Tests.Support;
using Garm.Host.Configuration;
using Garm.Host.Lifetime;
using Microsoft.Extensions.Configuration;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>Checks the compose files and their balancer without a container engine.</summary>
public sealed class ComposeSpecs
{
    private const string OnSqlServer = "docker-compose.yml";
    private const string OnPostgreSql = "deploy/compose-postgresql.yml";
    private const string OnSqlite = "deploy/compose-sqlite.yml";

    private const string WithSources = "deploy/compose-sources.yml";

    public static TheoryData<string> All => [OnSqlServer, OnPostgreSql, OnSqlite, WithSources];

    [Theory]
    [InlineData(OnSqlServer)]
    [InlineData(OnPostgreSql)]
    public void ThereAreThreeNodes_ADatabase_AndABalancer(string file) =>
        Assert.Equal(["balancer", "database", "hub1", "hub2", "hub3"], new ComposeFile(file).Services.Keys.Order());

    [Fact]
    public void WithSources_TheSettings_AreTwoSources_WhosePasswordsAreInFiles()
    {
        var compose = new ComposeFile(WithSources);
        var hub = compose.Hubs["hub"];
        var folder = Directory.CreateTempSubdirectory("garm-sources-").FullName;
        foreach (var (target, secret) in ComposeFile.SecretsOf(hub))
        {
            Assert.Equal(Repository.PathOf($"deploy/secrets/sources/{target}"), compose.Secrets[secret]);
            File.WriteAllText(Path.Combine(folder, target), $"of {secret}\n");
        }

        var settings = Read(hub, folder);
        Directory.Delete(folder, recursive: true);

        Assert.Empty(settings.Unknown);
        Assert.Equal(["east", "west"], settings.Sources.Select(x => x.Request.Name));
        Assert.Equal(["of east-password", "of west-password"], settings.Sources.Select(x => x.Request.Password));
    }

    [Theory]
    [InlineData(OnSqlite)]
    [InlineData(WithSources)]
    public void OnSqlite_ThereIsOneNode_WhoseDataLasts_AndWhichThisMachineAloneReaches(string file)
    {
        var (name, hub) = Assert.Single(new ComposeFile(file).Services);

        Assert.Equal("hub", name);
        Assert.Equal("data:/data", Assert.Single((List<object>)hub["volumes"]));
        Assert.Equal("127.0.0.1:9997:9997", Assert.Single((List<object>)hub["ports"]));
    }

    [Theory]
    [InlineData(OnSqlServer, "sqlserver", "SqlServer")]
    [InlineData(OnPostgreSql, "postgresql", "PostgreSql")]
    public async Task EveryNode_ReadsItsSettings_FromTheEnvironmentAndTheSecretsFiles(string file, string engine, string provider)
    {
        using var made = await MadeSecrets.MakeAsync(engine);
        var compose = new ComposeFile(file);
        Assert.Equal(3, compose.Hubs.Count);

        foreach (var (name, hub) in compose.Hubs)
        {
            var settings = Read(compose, hub, made);

            Assert.Empty(settings.Unknown);
            Assert.Equal(name, settings.Cluster.Hostname);
            Assert.Equal(4053, settings.Cluster.Port);
            Assert.Equal(provider, settings.Database.Provider);
            Assert.Contains(made.Read("database-password"), settings.Database.ConnectionString, StringComparison.Ordinal);
            Assert.Equal(made.Read("Garm__Jwt__Secret"), settings.Jwt.Secret);
            Assert.Equal(made.Read("Garm__Secrets__Passphrase"), settings.Passphrase);
        }
    }

    [Theory]
    [InlineData(OnSqlServer, "sqlserver")]
    [InlineData(OnPostgreSql, "postgresql")]
    public async Task EverySecret_IsAFileThatTheScriptMakes_WhereItMakesItByDefault(string file, string engine)
    {
        using var made = await MadeSecrets.MakeAsync(engine);
        var compose = new ComposeFile(file);

        Assert.All(compose.Secrets.Values, x => Assert.Equal(Repository.PathOf($"deploy/secrets/{engine}"), Path.GetDirectoryName(x)));
        Assert.Equal(Directory.GetFiles(made.Folder).Select(x => Path.GetFileName(x)).Order(), compose.Secrets.Values.Select(x => Path.GetFileName(x)).Order());
        Assert.Equal("database-password", ComposeFile.SecretsOf(compose.Services["database"]).Keys.Single());
        Assert.Contains("deploy/secrets/", Repository.Read(".gitignore"), StringComparison.Ordinal);
        Assert.Contains("deploy\n", Repository.Read(".dockerignore"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheScript_KeepsWhatIsThere_AndItsFolderToItself()
    {
        using var made = await MadeSecrets.MakeAsync("postgresql");
        var before = made.Read("Garm__Secrets__Passphrase");

        await made.MakeAgainAsync("postgresql");

        Assert.Equal(before, made.Read("Garm__Secrets__Passphrase"));
        Assert.Equal(64, before.Length);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(made.Folder));
    }

    [Theory]
    [InlineData("oracle")]
    [InlineData("")]
    public async Task TheScript_SaysWhatItAccepts(string engine)
    {
        var (code, _, errors) = await Tool.RunAsync("bash", Repository.PathOf("deploy/make-secrets"), engine, "/nowhere");

        Assert.Equal(2, code);
        Assert.Contains("sqlserver|postgresql [FOLDER]", errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void EveryKey_IsInTheDocument(string file)
    {
        var document = Repository.Read("docs/configuration.md");
        var hubs = new ComposeFile(file).Hubs.Values;
        var keys = hubs.SelectMany(x => ComposeFile.EnvironmentOf(x).Keys).Concat(hubs.SelectMany(x => ComposeFile.SecretsOf(x).Keys));

        Assert.All(keys, x => Assert.Contains($"`{Regex.Replace(x, "__[0-9]+__", "__0__").Replace("__", ":")}", document, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void TheGrace_IsLongerThanTheDrain(string file)
    {
        foreach (var hub in new ComposeFile(file).Hubs.Values)
        {
            var grace = hub["stop_grace_period"].ToString()!;
            Assert.True(
                TimeSpan.FromSeconds(int.Parse(grace.TrimEnd('s'), CultureInfo.InvariantCulture)) > SessionDrain.Patience + ClusterLinkHostingExtensions.LeavePatience);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void TheImage_IsBuiltFromTheProject_AndGetsNoRights(string file)
    {
        var compose = new ComposeFile(file);
        Assert.NotEmpty(compose.Hubs);

        foreach (var hub in compose.Hubs.Values)
        {
            Assert.True(File.Exists(Path.Combine(compose.PathOf(hub["build"]), "Dockerfile")));
            Assert.Equal(["ALL"], (List<object>)hub["cap_drop"]);
            Assert.Equal(["no-new-privileges:true"], (List<object>)hub["security_opt"]);
        }
    }

    [Theory]
    [InlineData(OnSqlServer)]
    [InlineData(OnPostgreSql)]
    public void TheNodes_SeeTheClientsAddresses_WhichTheBalancerAloneTells(string file)
    {
        Assert.Contains("option forwardfor", Repository.Read("deploy/haproxy.cfg"), StringComparison.Ordinal);
        Assert.All(new ComposeFile(file).Hubs.Values, x =>
        {
            Assert.Equal("true", ComposeFile.EnvironmentOf(x)["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
            Assert.DoesNotContain("ports", x.Keys.Select(key => key.ToString()));
        });
    }

    [Theory]
    [InlineData(OnSqlServer)]
    [InlineData(OnPostgreSql)]
    public void TheBalancer_KnowsEveryNode_AndAsksWhetherItIsReady(string file)
    {
        var compose = new ComposeFile(file);
        var mounted = Assert.Single((List<object>)compose.Services["balancer"]["volumes"]).ToString()!.Split(':')[0];
        var balancer = File.ReadAllText(compose.PathOf(mounted));

        foreach (var hub in compose.Hubs.Keys)
            Assert.Equal(2, Regex.Count(balancer, $@"^\s+server {hub} {hub}:9997$", RegexOptions.Multiline));
        Assert.Contains("option httpchk GET /readyz", balancer, StringComparison.Ordinal);
        Assert.Contains("timeout tunnel 24h", balancer, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task TheBalancersFile_IsOneThatItReads()
    {
        var haproxy = Tool.Find("haproxy");
        Skip.If(haproxy is null, "haproxy is not installed");

        var (code, _, errors) = await Tool.RunAsync(haproxy, "-c", "-f", Repository.PathOf("deploy/haproxy.cfg"));

        Assert.True(code == 0, errors);
    }

    // As when the container starts: its environment, and /run/secrets with the files under their names there.
    private static GarmSettings Read(ComposeFile compose, IReadOnlyDictionary<object, object> hub, MadeSecrets made)
    {
        var environment = ComposeFile.EnvironmentOf(hub);
        Assert.Equal("/run/secrets", environment["Garm__SecretsDirectory"]);
        var folder = Directory.CreateDirectory(Path.Combine(made.Folder, Guid.NewGuid().ToString())).FullName;
        foreach (var (target, secret) in ComposeFile.SecretsOf(hub))
            File.Copy(Path.Combine(made.Folder, Path.GetFileName(compose.Secrets[secret])), Path.Combine(folder, target));

        return Read(hub, folder);
    }

    private static GarmSettings Read(IReadOnlyDictionary<object, object> hub, string folder)
    {
        var environment = ComposeFile.EnvironmentOf(hub);
        using var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(environment.Select(x => KeyValuePair.Create(x.Key.Replace("__", ":"), (string?)x.Value)));
        configuration["Garm:SecretsDirectory"] = folder;
        configuration.AddSecretsDirectory();
        return SettingsReader.Read(configuration);
    }
}
