using Garm.Data.PostgreSql;
using Garm.Data.Sqlite;
using Garm.Data.SqlServer;
using Garm.Host.Configuration;
using Microsoft.Extensions.Configuration;

namespace Garm.Host.Tests.Configuration;

/// <summary>Every default and every refused value, as documented in <c>docs/configuration.md</c>.</summary>
public sealed class SettingsReaderSpecs
{
    [Fact]
    public void Defaults_AreThoseOfTheDocument()
    {
        var settings = Read();

        Assert.Equal(Path.GetFullPath("data"), settings.DataDirectory);
        Assert.Equal("Sqlite", settings.Database.Provider);
        Assert.Null(settings.Database.ConnectionString);
        Assert.True(settings.Database.MigrateOnStart);
        Assert.Null(settings.Database.MaxBatchSize);
        Assert.Equal(SqliteSynchronous.Full, settings.Database.Synchronous);
        Assert.Null(settings.Jwt.Secret);
        Assert.Equal(TimeSpan.FromHours(24), settings.Jwt.TimeToLive);
        Assert.Null(settings.Passphrase);
        Assert.Empty(settings.PreviousPassphrases);
        Assert.Empty(settings.Jwt.PreviousSecrets);
        Assert.False(settings.AllowUnreadableSecrets);
        Assert.False(settings.AllowFirstRunBesideSecrets);
        Assert.Equal(0, settings.Files.MaxTotalBytes);
        Assert.Equal(64 * 1024 * 1024, settings.Files.MinFreeBytes);
        Assert.Null(settings.Cluster.Hostname);
        Assert.Equal(0, settings.Cluster.Port);
        Assert.Empty(settings.Cluster.SeedNodes);
        Assert.Null(settings.Cluster.BindHostname);
        Assert.True(settings.Cluster.PubSub);
        Assert.Null(settings.Cluster.Tls);
        Assert.Empty(settings.Providers);
        Assert.Empty(settings.AllowedOrigins);
        Assert.Equal(4 * 1024 * 1024, settings.EventSocket.SessionQueueBytes);
        Assert.Equal(0, settings.Sessions.MaxSessions);
        Assert.Equal(0, settings.Sessions.MaxSessionsPerUser);
        Assert.Equal(256, settings.Sessions.MaxFilters);
        Assert.Equal(1024 * 1024, settings.EventSocket.MaxMessageBytes);
        Assert.Equal(100, settings.EventSocket.MaxMessagesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.EventSocket.HandshakeTimeout);
        Assert.Equal(10, settings.Login.FailuresPerUser);
        Assert.Equal(30, settings.Login.FailuresPerAddress);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Login.Window);
        Assert.True(settings.Metrics.DisableAuth);
        Assert.False(settings.Metrics.ExportsTraces);
        Assert.Equal(TimeSpan.FromMilliseconds(500), settings.Relay.PollInterval);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.EventSocket.WriteTimeout);
        Assert.Equal(TimeSpan.FromDays(7), settings.Retention.For);
        Assert.Equal(1_000_000, settings.Retention.Count);
    }

    [Fact]
    public void FormerSecrets_AreTakenAsTheyAre_AndNotTooShort()
    {
        var settings = Read(
            ("Garm:Secrets:PreviousPassphrases:0", "one, with a comma in it"), ("Garm:Secrets:PreviousPassphrases:1", "another passphrase"),
            ("Garm:Jwt:PreviousSecrets:0", "a former secret of the tokens"));

        Assert.Equal(["one, with a comma in it", "another passphrase"], settings.PreviousPassphrases);
        Assert.Equal(["a former secret of the tokens"], settings.Jwt.PreviousSecrets);
        var wrong = Assert.Throws<SettingException>(() => Read(("Garm:Secrets:PreviousPassphrases:0", "short")));
        Assert.StartsWith("Garm:Secrets:PreviousPassphrases:0: it has 5 characters", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<SettingException>(() => Read(("Garm:Jwt:PreviousSecrets", "not as a list, and long enough")));
    }

    [Theory]
    [InlineData("24h", 24 * 3600)]
    [InlineData("1h30m", 5400)]
    [InlineData("90s", 90)]
    [InlineData("1500ms", 1.5)]
    [InlineData("00:00:30", 30)]
    [InlineData("1.00:00:00", 24 * 3600)]
    public void Durations_AreReadInBothNotations(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(("Garm:Jwt:TimeToLive", text)).Jwt.TimeToLive);

    [Fact]
    public void Lists_AreReadByNumberOrByCommas()
    {
        string[] expected = ["https://a.example.com", "https://b.example.com"];

        Assert.Equal(expected, Read(("Garm:Events:AllowedOrigins", string.Join(", ", expected))).AllowedOrigins);
        Assert.Equal(expected, Read(
            ("Garm:Events:AllowedOrigins:0", expected[0]), ("Garm:Events:AllowedOrigins:1", expected[1])).AllowedOrigins);
    }

    [Theory]
    [InlineData("Urls", "nonsense", "http://127.0.0.1:9997")]
    [InlineData("Urls", "http://127.0.0.1:99999", "http://127.0.0.1:9997")]
    [InlineData("Urls", "http://127.0.0.1:80x", "http://127.0.0.1:9997")]
    [InlineData("Urls", "http://[::1]:80x", "http://127.0.0.1:9997")]
    [InlineData("Urls", "tcp://127.0.0.1:9997", "http://127.0.0.1:9997")]
    [InlineData("Urls", "http://127.0.0.1:9997/base", "http://127.0.0.1:9997")]
    [InlineData("Logging:LogLevel:Garm", "Loud", "Trace, Debug, Information, Warning, Error, Critical, None")]
    [InlineData("Logging:Console:LogLevel:Default", "Loud", "Trace, Debug, Information, Warning, Error, Critical, None")]
    [InlineData("Garm:Database:ConnectionString", "Data Source=", "Data Source is missing")]
    [InlineData("Garm:Database:ConnectionString", "Data Source=:memory:", "does not outlast")]
    [InlineData("Garm:Database:ConnectionString", "Data Source=garm;Mode=Memory;Cache=Shared", "does not outlast")]
    [InlineData("Garm:Database:ConnectionString", "Data Source=garm.db;Mode=ReadOnly", "the hub writes")]
    [InlineData("Garm:Jwt:TimeToLive", "999999999h999999999h999999999h", "24h")]
    [InlineData("Garm:Database:Provider", "Abacus", "Sqlite, SqlServer, PostgreSql")]
    [InlineData("Garm:Database:Sqlite:Synchronous", "Mostly", "Off, Normal, Full, Extra")]
    [InlineData("Garm:Database:Sqlite:Synchronous", "2;", "Off, Normal, Full, Extra")]
    [InlineData("Garm:Database:ConnectionString", "No Such Key=1", "Data Source=")]
    [InlineData("Garm:Database:MigrateOnStart", "perhaps", "true, false")]
    [InlineData("Garm:Database:MaxBatchSize", "0", "1 to 10000")]
    [InlineData("Garm:Jwt:Secret", "short", "at least 16")]
    [InlineData("Garm:Jwt:TimeToLive", "24", "24h")]
    [InlineData("Garm:Jwt:TimeToLive", "0s", "00:00:01")]
    [InlineData("Garm:Jwt:TimeToLive", "-1h", "24h")]
    [InlineData("Garm:Secrets:Passphrase", "short", "at least 16")]
    [InlineData("Garm:Cluster:Port", "70000", "65535")]
    [InlineData("Garm:Cluster:SeedNodes", "somewhere:1", "akka.tcp://garm@host:port")]
    [InlineData("Garm:Events:RetainFor", "never", "24h")]
    [InlineData("Garm:Events:RetainCount", "-1", "0 to")]
    [InlineData("Garm:Events:SessionQueueBytes", "1", "65536")]
    [InlineData("Garm:Events:PollInterval", "0s", "00:00:00.01")]
    [InlineData("Garm:Events:WriteTimeout", "soon", "24h")]
    [InlineData("Garm:Events:MaxSessions", "many", "0 to")]
    [InlineData("Garm:Events:MaxSessionsPerUser", "-1", "0 to")]
    [InlineData("Garm:Events:MaxFilters", "0", "1 to 100000")]
    [InlineData("Garm:Events:MaxMessageBytes", "1", "1024 to 16777216")]
    [InlineData("Garm:Events:MaxMessagesPerSecond", "fast", "0 to 1000000")]
    [InlineData("Garm:Events:HandshakeTimeout", "0s", "00:00:01")]
    [InlineData("Garm:Jobs:RetainFor", "0s", "00:01:00")]
    [InlineData("Garm:Jobs:QueuedFor", "0s", "00:00:01")]
    [InlineData("Garm:Login:FailuresPerUser", "-1", "0 to 1000000")]
    [InlineData("Garm:Login:FailuresPerAddress", "few", "0 to 1000000")]
    [InlineData("Garm:Login:Window", "1", "00:00:01")]
    [InlineData("Garm:Metrics:DisableAuth", "maybe", "true, false")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://user:hunter2@127.0.0.1:4317", "OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://user:hunter2@127.0.0.1:4317", "OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "http://127.0.0.1:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "collector:4317", "http://127.0.0.1:4317")]
    [InlineData("Garm:Events:AllowedOrigins", "https://user:hunter2@dashboard.example.com", "https://dashboard.example.com")]
    [InlineData("Garm:Events:AllowedOrigins", "dashboard", "https://dashboard.example.com")]
    public void AWrongValue_IsRefusedByItsKey_WithWhatIsAccepted(string key, string value, string accepted)
    {
        var refusal = Assert.Throws<SettingException>(() => Read((key, value)));

        Assert.StartsWith(key, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(accepted, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://+:9997")]
    [InlineData("http://*:9997;https://hub.example.com:9998")]
    [InlineData("HTTP://[::1]:0/")]
    [InlineData("http://unix:/run/garm.sock")]
    public void Addresses_OfEveryKindThatTheServerTakes_AreAccepted(string urls) => Assert.NotNull(Read(("Urls", urls)));

    [Fact]
    public void AKeyThatIsNoSetting_IsTold()
    {
        var settings = Read(
            ("Garm:Databse:Provider", "PostgreSql"), ("Garm:Providers:0:Name", "lxd"), ("Garm:Providers:0:Kind", "external"),
            ("garm:events:allowedorigins:0", "*"), ("Garm:Jwt:TimeToLive", "1h"), ("Logging:LogLevel:Garm", "Debug"));

        Assert.Equal(["Garm:Databse:Provider", "Garm:Providers:0:Kind"], settings.Unknown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheDocument_ListsTheSettingsThatAreRead_AndNoOther()
    {
        var documented = Documented().ToHashSet(StringComparer.Ordinal);
        var ofTls = documented.Where(x => x.StartsWith("Garm:Cluster:Tls:", StringComparison.Ordinal)).ToList();
        var asked = new KeyTrackingConfiguration(new ConfigurationBuilder()
            .AddInMemoryCollection(documented.Except(ofTls).Select(x => KeyValuePair.Create(x, (string?)Required(x))))
            .Build());

        SettingsReader.ReadAll(asked);

        // A list is read as a whole, by its name, and so is the section that refuses unknown keys.
        var lists = documented.Where(x => x.EndsWith(":0", StringComparison.Ordinal)).Select(x => x[..^2]).Append("Garm:Providers").Append("Garm:Sources").Append("Garm:Cluster:Tls");
        Assert.Empty(asked.Unasked("Garm"));
        Assert.Empty(asked.Asked.Where(x => x.StartsWith("Garm:", StringComparison.Ordinal)).Except(documented).Except(lists));

        // These stop the start when they are empty or unknown.
        Assert.Equal(4, ofTls.Count);
        var refusal = Assert.Throws<SettingException>(
            () => Read([("Garm:Cluster:Hostname", "127.0.0.1"), .. ofTls.Select(x => (x, "nowhere"))]));
        Assert.StartsWith("Garm:Cluster:Tls:CertificatePath: \"nowhere\" cannot be read", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PostgreSql", null, "it is missing", "Host=")]
    [InlineData("PostgreSql", "Database=garm", "Host is missing", "Host=")]
    [InlineData("PostgreSql", "Host=db;No Such Key=1", "no such key", "Host=")]
    [InlineData("PostgreSql", "Host=db;Port=many", "Port", "Host=")]
    [InlineData("PostgreSql", "Host=db;Connection Idle Lifetime=1", "ConnectionIdleLifetime", "Host=")]
    [InlineData("SqlServer", null, "it is missing", "Server=")]
    [InlineData("SqlServer", "Database=garm", "Server is missing", "Server=")]
    [InlineData("SqlServer", "Server=db", "Database is missing", "Server=")]
    [InlineData("SqlServer", "Server=db;Database=garm;No Such Key=1", "no such key", "Server=")]
    public void AServer_NeedsAConnectionString_OfItsOwnKind(string provider, string? text, string wrong, string accepted)
    {
        var refusal = Assert.Throws<SettingException>(
            () => Read(("Garm:Database:Provider", provider), ("Garm:Database:ConnectionString", text ?? "")));

        Assert.StartsWith("Garm:Database:ConnectionString", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(accepted, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("PostgreSql", "Host=db;Database=garm;Username=garm", typeof(PostgreSqlEngine))]
    [InlineData("postgresql", "Host=db;Database=garm;Username=garm", typeof(PostgreSqlEngine))]
    [InlineData("SqlServer", "Server=db;Database=garm;User Id=garm;Password=p", typeof(SqlServerEngine))]
    [InlineData("Sqlite", "Data Source=garm.db", typeof(SqliteEngine))]
    public void TheProvider_ChoosesTheEngine(string provider, string connectionString, Type engine)
    {
        var settings = Read(("Garm:Database:Provider", provider), ("Garm:Database:ConnectionString", connectionString));

        var chosen = EngineChoice.EngineOf(settings);
        Assert.IsType(engine, chosen);
        Assert.Equal(settings.Database.Provider, chosen.Name);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")]
    public void Traces_AreExported_WhereAReceiverIsConfigured(string key) =>
        Assert.True(Read((key, "http://127.0.0.1:4317")).Metrics.ExportsTraces);

    [Theory]
    [InlineData("Garm:Jwt:Secret")]
    [InlineData("Garm:Secrets:Passphrase")]
    public void ARefusedSecret_IsNotRepeated(string key) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<SettingException>(() => Read((key, "hunter2"))).Message, StringComparison.Ordinal);

    [Fact]
    public void AProvider_NeedsAName_AndNoOthersName()
    {
        Assert.Throws<SettingException>(() => Read(("Garm:Providers:0:Type", "external")));
        Assert.Throws<SettingException>(() => Read(("Garm:Providers:0:Name", "a"), ("Garm:Providers:1:Name", "a")));
    }

    [Fact]
    public void ASource_IsRead_WithItsPasswordFromAFile()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "from a file\n");

        var source = Assert.Single(Read([.. East, ("Garm:Sources:0:PasswordFile", file), ("Garm:Sources:0:RelistSeconds", "7"), ("Garm:Sources:0:Hosts:0", "A.example.com")]).Sources);

        File.Delete(file);
        Assert.Equal(("Garm:Sources:0", "east", "https://garm.example.com", "admin", "from a file", 7L),
            (source.Key, source.Request.Name, source.Request.Url, source.Request.Username, source.Request.Password, source.Request.RelistSeconds));
        Assert.Equal(["a.example.com"], source.Request.Hosts);
    }

    [Theory]
    [InlineData("Name", "East")]
    [InlineData("Url", "garm.example.com")]
    [InlineData("Username", "")]
    [InlineData("Password", "")]
    [InlineData("RelistSeconds", "0")]
    [InlineData("Hosts:0", "a b")]
    [InlineData("CaBundlePath", "/nowhere/ca.pem")]
    [InlineData("PasswordFile", "/nowhere/password")]
    public void AWrongSource_IsRefusedByItsKey(string key, string value)
    {
        var name = $"Garm:Sources:0:{key}";
        var values = East.Append(("Garm:Sources:0:Password", "secret")).Where(x => x.Item1 != name && (key != "PasswordFile" || x.Item1 != "Garm:Sources:0:Password"));

        var refusal = Assert.Throws<SettingException>(() => Read([.. values, (name, value)]));

        Assert.StartsWith(name.Replace(":0:Hosts:0", ":0:Hosts"), refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSources_HaveNotTheSameNameOrHost()
    {
        (string, string)[] both = [.. East, ("Garm:Sources:0:Password", "p"), .. East.Select(x => (x.Key.Replace(":0:", ":1:"), x.Value)), ("Garm:Sources:1:Password", "p")];

        Assert.StartsWith("Garm:Sources:1:Name", Assert.Throws<SettingException>(() => Read(both)).Message, StringComparison.Ordinal);
    }

    private static readonly (string Key, string Value)[] East =
        [("Garm:Sources:0:Name", "east"), ("Garm:Sources:0:Url", "https://garm.example.com/"), ("Garm:Sources:0:Username", "admin")];

    // What stops the start when it is missing.
    private static string Required(string key) => key switch
    {
        "Garm:Sources:0:Url" => "https://garm.example.com",
        "Garm:Sources:0:Username" or "Garm:Sources:0:Password" => "x",
        _ => key.EndsWith(":Name", StringComparison.Ordinal) ? "lxd" : "",
    };

    private static IEnumerable<string> Documented() =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "configuration.md"))
        where line.StartsWith("| `Garm:", StringComparison.Ordinal)
        select line.Split('`')[1];

    private static GarmSettings Read(params (string Key, string Value)[] values) => SettingsReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(x => KeyValuePair.Create(x.Key, (string?)x.Value)))
            .Build());
}
