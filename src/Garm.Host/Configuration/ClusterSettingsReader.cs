using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Garm.Actors.Clustering;
using Garm.Data.Sqlite;

namespace Garm.Host.Configuration;

/// <summary>Reads and checks <c>Garm:Cluster</c>.</summary>
internal static class ClusterSettingsReader
{
    private const string Prefix = "Garm:Cluster";

    /// <summary>Reads all of them.</summary>
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
            Tls = ReadTls(new SettingsSection(configuration, $"{Prefix}:Tls")),
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

    // Settings that do nothing are always a mistake, and one that looks like a cluster that does not form.
    private static void RefuseHalfACluster(SettingsSection section, ClusterSettings settings)
    {
        if (settings.SeedNodes.Count > 0 || settings.Tls is not null || settings.BindHostname is not null || settings.Port != 0)
            throw new SettingException($"{Prefix}:Hostname", $"it is missing, while others of {Prefix} are set", "the name at which the other nodes reach this one, or none of them");
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

    private static ClusterTls? ReadTls(SettingsSection section)
    {
        if (section.Text("CertificatePath") is not { } path)
        {
            foreach (var key in new[] { "KeyPath", "Password", "AuthorityPath" })
            {
                if (section.Text(key) is not null)
                    throw new SettingException($"{Prefix}:Tls:CertificatePath", $"it is missing, while {key} is set", "the node's certificate, PKCS #12 or PEM");
            }

            return null;
        }

        return new ClusterTls(LoadCertificate(section, path), LoadAuthorities(section));
    }

    private static X509Certificate2 LoadCertificate(SettingsSection section, string path)
    {
        const string accepted = "a file with the node's certificate and its private key, PKCS #12 (with Password) or PEM (with KeyPath when the key has its own file)";
        try
        {
            var certificate = IsPem(path) ? LoadPem(section, path) : LoadPkcs12(section, path);
            if (!certificate.HasPrivateKey)
                throw new SettingException($"{Prefix}:Tls:CertificatePath", $"\"{path}\" has no private key", accepted);
            if (certificate.NotAfter < DateTime.Now || certificate.NotBefore > DateTime.Now)
                throw new SettingException($"{Prefix}:Tls:CertificatePath", $"\"{path}\" is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}, which is not now", accepted);
            return certificate;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{Prefix}:Tls:CertificatePath", $"\"{path}\" cannot be read ({e.Message.TrimEnd('.')})", accepted);
        }
    }

    private static bool IsPem(string path) => File.ReadAllText(path).Contains("-----BEGIN ", StringComparison.Ordinal);

    private static X509Certificate2 LoadPkcs12(SettingsSection section, string path) =>
        X509CertificateLoader.LoadPkcs12FromFile(path, section.Text("Password"));

    private static X509Certificate2 LoadPem(SettingsSection section, string path)
    {
        var (key, password) = (section.Text("KeyPath"), section.Text("Password"));
        using var loaded = password is null
            ? X509Certificate2.CreateFromPemFile(path, key)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password, key);

        // A key that was loaded from PEM is ephemeral, which some platforms' TLS does not take.
        return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2Collection LoadAuthorities(SettingsSection section)
    {
        var authorities = new X509Certificate2Collection();
        if (section.Text("AuthorityPath") is not { } path) return authorities;
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{Prefix}:Tls:AuthorityPath", $"\"{path}\" cannot be read ({e.Message.TrimEnd('.')})", "a PEM file of the authorities that issue the nodes' certificates");
        }

        return authorities.Count > 0
            ? authorities
            : throw new SettingException($"{Prefix}:Tls:AuthorityPath", $"\"{path}\" has no certificate", "a PEM file of the authorities that issue the nodes' certificates");
    }
}
