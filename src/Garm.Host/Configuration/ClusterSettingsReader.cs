using System.Net;
using Akka.Actor;
using Garm.Data.Sqlite;

namespace Garm.Host.Configuration;

/// <summary>Reads and checks <c>Garm:Cluster</c>.</summary>
internal static class ClusterSettingsReader
{
    private const string Prefix = "Garm:Cluster";

    /// <summary>Reads all settings of the section.</summary>
    /// <exception cref="SettingException">The first one that is wrong.</exception>
    public static ClusterSettings Read(IConfiguration configuration, DatabaseSettings database)
    {
        var section = new SettingsSection(configuration, Prefix);
        var settings = new ClusterSettings
        {
            Hostname = HostOf(section, "Hostname"),
            BindHostname = HostOf(section, "BindHostname"),
            Port = (int)section.Number("Port", 0, 0, 65_535),
            SeedNodes = ReadSeeds(section),
            PubSub = section.Flag("PubSub", true),
            Tls = ClusterTlsReader.Read(configuration),
        };
        if (settings.Hostname is null) RefuseHalfACluster(section, settings);
        else if (database.Provider == SqliteEngine.ProviderName) RefuseSeveralMachines(section, settings);
        return settings;
    }

    private static string? HostOf(SettingsSection section, string key) => section.Text(key) is not { } host
        ? null
        : Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? host
            : throw section.Wrong(key, host, "a host name or an IP address, without a port");

    private static IReadOnlyList<string> ReadSeeds(SettingsSection section)
    {
        var seeds = section.List("SeedNodes");
        foreach (var seed in seeds)
        {
            if (!Address.TryParse(seed, out var address) || address.Protocol != "akka.tcp" || address.System != "garm"
                || address.Host is null || address.Port is null)
            {
                throw section.Wrong("SeedNodes", seed, "akka.tcp://garm@host:port");
            }
        }

        return seeds;
    }

    // Settings without a host name have no effect: always a mistake that would look like a cluster that does not form.
    private static void RefuseHalfACluster(SettingsSection section, ClusterSettings settings)
    {
        if (settings.SeedNodes.Count > 0 || settings.Tls is not null || settings.BindHostname is not null || settings.Port != 0)
            throw new SettingException($"{Prefix}:Hostname", $"it is missing, but other settings of {Prefix} are set", "the name at which the other nodes reach this one, or none of these settings");
    }

    private static void RefuseSeveralMachines(SettingsSection section, ClusterSettings settings)
    {
        const string accepted =
            "localhost or 127.0.0.1 for several nodes on one machine, or Garm:Database:Provider = SqlServer or PostgreSql";
        const string why = "a SQLite file cannot be shared by several machines";
        if (!IsLoopback(settings.Hostname!))
            throw new SettingException($"{Prefix}:Hostname", $"\"{settings.Hostname}\" is not accepted: {why}", accepted);
        if (settings.SeedNodes.FirstOrDefault(x => !IsLoopback(Address.Parse(x).Host!)) is { } seed)
            throw new SettingException($"{Prefix}:SeedNodes", $"\"{seed}\" is not accepted: {why}", accepted);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
