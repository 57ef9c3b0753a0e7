using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Actors.Sessions;
using Garm.Data.Files;
using Garm.Data.Jobs;
using Garm.Data.Providers;
using Garm.Data.Sqlite;
using Garm.Host.Events;
using Garm.Host.Limits;
using Garm.Host.Logs;
using Garm.Host.Telemetry;
using Garm.Log;

namespace Garm.Host.Configuration;

/// <summary>The operator's settings, validated. <c>docs/configuration.md</c> says what each key means.</summary>
internal sealed record GarmSettings
{
    /// <summary>The folder of the SQLite file and the generated secrets.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The folder whose files are part of the configuration; null for none. <see cref="Configuration.SecretsDirectory"/> reads them.</summary>
    public string? SecretsDirectory { get; init; }

    public required DatabaseSettings Database { get; init; }

    public required JwtSettings Jwt { get; init; }

    /// <summary>Encrypts secrets at rest; null to generate one in the data folder.</summary>
    public required string? Passphrase { get; init; }

    /// <summary><c>Garm:Secrets:PreviousPassphrases</c>: decrypt secrets, but encrypt none.</summary>
    public IReadOnlyList<string> PreviousPassphrases { get; init; } = [];

    /// <summary>Whether the hub starts although some secrets cannot be decrypted.</summary>
    public bool AllowUnreadableSecrets { get; init; }

    /// <summary>Whether the first run is allowed on an empty database that is not this folder's own.</summary>
    public bool AllowFirstRunBesideSecrets { get; init; }

    public required ClusterSettings Cluster { get; init; }

    /// <summary><c>Garm:Events</c>: limits of a connection.</summary>
    public EventSocketOptions EventSocket { get; init; } = new();

    /// <summary><c>Garm:Events</c>: limits of the sessions.</summary>
    public EventSessionOptions Sessions { get; init; } = new();

    /// <summary><c>Garm:Events</c>: settings of the relay.</summary>
    public ChangeRelayOptions Relay { get; init; } = new();

    /// <summary><c>Garm:Events</c>: how long changes stay in the log, and how many; 0 for no limit.</summary>
    public Retention Retention { get; init; } = new(TimeSpan.FromDays(7), 1_000_000);

    /// <summary><c>Garm:Events:AllowedOrigins</c>.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>
    /// <c>Garm:Events:MaxPendingConnections</c>: connections that have not sent a request's head yet; a further one closes the oldest
    /// of them. 0 for no limit.
    /// </summary>
    public int MaxPendingConnections { get; init; } = 4096;

    /// <summary><c>Garm:Jobs</c>.</summary>
    public JobRetentionOptions Jobs { get; init; } = new();

    /// <summary><c>Garm:Files</c>.</summary>
    public FileLimits Files { get; init; } = new();

    public LoginOptions Login { get; init; } = new();

    public LogOptions Log { get; init; } = new();

    public MetricsOptions Metrics { get; init; } = new();

    /// <summary>The runner providers that pools may name.</summary>
    public required IReadOnlyList<ProviderInfo> Providers { get; init; }

    /// <summary>The sources that are made or updated at the start.</summary>
    public IReadOnlyList<ConfiguredSource> Sources { get; init; } = [];

    /// <summary>Keys that are set but unknown.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}

/// <summary><c>Garm:Database</c>.</summary>
internal sealed record DatabaseSettings
{
    /// <summary>The engine's name.</summary>
    public required string Provider { get; init; }

    /// <summary>Null for <c>garm.db</c> in the data folder; never null for a server.</summary>
    public required string? ConnectionString { get; init; }

    public required bool MigrateOnStart { get; init; }

    /// <summary>Statements per round trip; null for the engine's default.</summary>
    public required int? MaxBatchSize { get; init; }

    /// <summary>SQLite only: the durability of a commit.</summary>
    public required SqliteSynchronous Synchronous { get; init; }
}

/// <summary><c>Garm:Jwt</c>.</summary>
internal sealed record JwtSettings
{
    /// <summary>Signs tokens; null to generate one in the data folder.</summary>
    public required string? Secret { get; init; }

    /// <summary>Tokens signed with these secrets are valid, but none is signed with them.</summary>
    public IReadOnlyList<string> PreviousSecrets { get; init; } = [];

    public required TimeSpan TimeToLive { get; init; }
}

/// <summary><c>Garm:Cluster</c>. Without a host name the node is in no cluster and opens no cluster port.</summary>
internal sealed record ClusterSettings
{
    public required string? Hostname { get; init; }

    /// <summary>The address to listen on; null for the host name.</summary>
    public required string? BindHostname { get; init; }

    /// <summary>0 picks a free port.</summary>
    public required int Port { get; init; }

    /// <summary>Empty to find the other nodes in the database.</summary>
    public required IReadOnlyList<string> SeedNodes { get; init; }

    /// <summary>Whether changes are published between nodes; otherwise the nodes read them from the log.</summary>
    public required bool PubSub { get; init; }

    /// <summary>Null for plain text.</summary>
    public required ClusterTls? Tls { get; init; }
}
