using Garm.Actors.Hosting;
using Garm.Data.Files;
using Garm.Data.Jobs;
using Garm.Data.Providers;
using Garm.Host.Limits;
using Garm.Host.Logs;
using Garm.Host.Telemetry;
using Garm.Log;

namespace Garm.Host.Configuration;

/// <summary>Reads and checks the operator's settings.</summary>
internal static class SettingsReader
{
    private const string Root = "Garm";
    internal const int MinSecretLength = 16;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads all settings.</summary>
    /// <exception cref="SettingException">The first one that is wrong.</exception>
    public static GarmSettings Read(IConfiguration configuration)
    {
        var asked = new KeyTrackingConfiguration(configuration);
        return ReadAll(asked) with { Unknown = asked.Unasked(Root) };
    }

    internal static GarmSettings ReadAll(KeyTrackingConfiguration configuration)
    {
        var root = new SettingsSection(configuration, Root);
        CheckUrls(configuration["Urls"]);
        CheckLogLevels(configuration);
        var secrets = new SettingsSection(configuration, $"{Root}:Secrets");
        var database = DatabaseSettingsReader.Read(new SettingsSection(configuration, $"{Root}:Database"));
        var settings = new GarmSettings
        {
            DataDirectory = Path.GetFullPath(root.Text("DataDirectory") ?? "data"),
            SecretsDirectory = root.Text("SecretsDirectory"),
            Database = database,
            Jwt = ReadJwt(new SettingsSection(configuration, $"{Root}:Jwt")),
            Passphrase = secrets.Secret("Passphrase", MinSecretLength),
            PreviousPassphrases = secrets.Secrets("PreviousPassphrases", MinSecretLength),
            AllowUnreadableSecrets = secrets.Flag("AllowUnreadable", false),
            AllowFirstRunBesideSecrets = root.Flag("AllowFirstRunBesideSecrets", false),
            Cluster = ClusterSettingsReader.Read(configuration, database),
            Jobs = ReadJobs(new SettingsSection(configuration, $"{Root}:Jobs")),
            Files = ReadFiles(new SettingsSection(configuration, $"{Root}:Files")),
            Login = ReadLogin(new SettingsSection(configuration, $"{Root}:Login")),
            Log = new LogOptions { Stream = new SettingsSection(configuration, $"{Root}:Log").Flag("Stream", new LogOptions().Stream) },
            Metrics = ReadMetrics(configuration),
            Providers = ReadProviders(root),
            Sources = SourceSettingsReader.Read(root),
        };
        return ReadEvents(settings, new SettingsSection(configuration, $"{Root}:Events"));
    }

    private static void CheckUrls(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (url.Contains('@'))
                throw new SettingException("Urls", "it contains a user name or password", "URLs such as http://127.0.0.1:9997, separated by ;");
            if (!IsUrl(url)) throw new SettingException("Urls", $"\"{url}\" is not accepted", "URLs such as http://127.0.0.1:9997, separated by ;");
        }
    }

    private static bool IsUrl(string url)
    {
        try
        {
            // The server would take a port that is not a number for a part of the host's name, and listen on port 80 of all addresses.
            var address = BindingAddress.Parse(url);
            return address.Scheme.ToLowerInvariant() is "http" or "https" && address.Port is >= 0 and <= 65_535
                && address.PathBase.Length == 0
                && (address.IsUnixPipe || !address.Host.Contains(':') || (address.Host[0] == '[' && address.Host[^1] == ']'));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void CheckLogLevels(IConfiguration configuration)
    {
        var logging = configuration.GetSection("Logging");
        foreach (var level in logging.AsEnumerable().Where(x => x.Key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)))
        {
            if (!string.IsNullOrEmpty(level.Value) && !Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _))
                throw new SettingException(level.Key, $"\"{level.Value}\" is not accepted", string.Join(", ", Enum.GetNames<LogLevel>()));
        }
    }

    private static JwtSettings ReadJwt(SettingsSection section) => new()
    {
        Secret = section.Secret("Secret", MinSecretLength),
        PreviousSecrets = section.Secrets("PreviousSecrets", MinSecretLength),
        TimeToLive = section.Duration("TimeToLive", TimeSpan.FromHours(24), TimeSpan.FromSeconds(1), Longest),
    };

    private static IReadOnlyList<string> ReadOrigins(SettingsSection section)
    {
        var origins = section.List("AllowedOrigins");
        foreach (var origin in origins.Where(x => x != "*"))
        {
            var isUrl = Uri.TryCreate(origin, UriKind.Absolute, out var uri);
            if (isUrl && uri!.UserInfo != "")
                throw section.Wrong("AllowedOrigins", $"{uri.Scheme}://…@{uri.Authority}", "origins such as https://dashboard.example.com, or *");
            if (!isUrl || uri!.GetLeftPart(UriPartial.Authority) != origin.TrimEnd('/'))
                throw section.Wrong("AllowedOrigins", origin, "origins such as https://dashboard.example.com, or *");
        }

        return origins;
    }

    private static GarmSettings ReadEvents(GarmSettings settings, SettingsSection section)
    {
        var (socket, sessions, retention) = (settings.EventSocket, settings.Sessions, settings.Retention);
        return settings with
        {
            AllowedOrigins = ReadOrigins(section),
            EventSocket = socket with
            {
                SessionQueueBytes = section.Number("SessionQueueBytes", socket.SessionQueueBytes, 64 * 1024, 1024L * 1024 * 1024),
                MaxMessageBytes = (int)section.Number("MaxMessageBytes", socket.MaxMessageBytes, 1024, 16 * 1024 * 1024),
                MaxMessagesPerSecond = (int)section.Number("MaxMessagesPerSecond", socket.MaxMessagesPerSecond, 0, 1_000_000),
                HandshakeTimeout = section.Duration(
                    "HandshakeTimeout", socket.HandshakeTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
                WriteTimeout = section.Duration("WriteTimeout", socket.WriteTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            },
            MaxPendingConnections = (int)section.Number("MaxPendingConnections", settings.MaxPendingConnections, 0, int.MaxValue),
            Sessions = sessions with
            {
                Dispatcher = GarmActorSystem.FanOutDispatcher,
                MaxSessions = (int)section.Number("MaxSessions", sessions.MaxSessions, 0, int.MaxValue),
                MaxSessionsPerUser = (int)section.Number("MaxSessionsPerUser", sessions.MaxSessionsPerUser, 0, int.MaxValue),
                MaxFilters = (int)section.Number("MaxFilters", sessions.MaxFilters, 1, 100_000),
            },
            Relay = settings.Relay with
            {
                Dispatcher = GarmActorSystem.FanOutDispatcher,
                PollInterval = section.Duration(
                    "PollInterval", settings.Relay.PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            },
            Retention = new Retention(
                section.Duration("RetainFor", retention.For, TimeSpan.FromMinutes(1), Longest),
                section.Number("RetainCount", retention.Count, 0, long.MaxValue)),
        };
    }

    private static JobRetentionOptions ReadJobs(SettingsSection section) => new()
    {
        RetainFor = section.Duration("RetainFor", new JobRetentionOptions().RetainFor, TimeSpan.FromMinutes(1), Longest),
        QueuedFor = section.Text("QueuedFor") is null ? null : section.Duration("QueuedFor", default, TimeSpan.FromSeconds(1), Longest),
    };

    private static FileLimits ReadFiles(SettingsSection section)
    {
        var defaults = new FileLimits();
        return new FileLimits
        {
            MaxTotalBytes = section.Number("MaxTotalBytes", defaults.MaxTotalBytes, 0, long.MaxValue),
            MinFreeBytes = section.Number("MinFreeBytes", defaults.MinFreeBytes, 0, long.MaxValue),
        };
    }

    private static LoginOptions ReadLogin(SettingsSection section)
    {
        var defaults = new LoginOptions();
        return new LoginOptions
        {
            FailuresPerUser = (int)section.Number("FailuresPerUser", defaults.FailuresPerUser, 0, 1_000_000),
            FailuresPerAddress = (int)section.Number("FailuresPerAddress", defaults.FailuresPerAddress, 0, 1_000_000),
            Window = section.Duration("Window", defaults.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        };
    }

    private static MetricsOptions ReadMetrics(IConfiguration configuration)
    {
        string[] receivers = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
        var configured = receivers.Where(x => !string.IsNullOrEmpty(configuration[x])).ToList();
        foreach (var key in configured)
        {
            var isUrl = Uri.TryCreate(configuration[key], UriKind.Absolute, out var uri);
            if (isUrl && uri!.UserInfo != "")
                throw new SettingException(key, "it contains a user name or password", "a URL such as http://127.0.0.1:4317; headers are in OTEL_EXPORTER_OTLP_HEADERS");
            if (!isUrl || uri!.Scheme is not ("http" or "https"))
                throw new SettingException(key, $"\"{configuration[key]}\" is not accepted", "a URL such as http://127.0.0.1:4317");
        }

        return new MetricsOptions
        {
            DisableAuth = new SettingsSection(configuration, $"{Root}:Metrics").Flag("DisableAuth", new MetricsOptions().DisableAuth),
            ExportsTraces = configured.Count > 0,
        };
    }

    private static IReadOnlyList<ProviderInfo> ReadProviders(SettingsSection root)
    {
        var providers = root.Children("Providers")
            .Select(x => new ProviderInfo(x.Required("Name"), x.Text("Type") ?? "external", x.Text("Description") ?? ""))
            .ToList();
        var twice = providers.GroupBy(x => x.Name).FirstOrDefault(x => x.Count() > 1);
        return twice is null ? providers : throw root.Wrong("Providers", twice.Key, "each name once");
    }
}
