using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Garm.Actors.Clustering;

namespace Garm.Host.Configuration;

/// <summary>
/// Reads and checks <c>Garm:Cluster:Tls</c>. An operator who sets any of it does not want plain text, so settings that are incomplete,
/// misspelt or unusable stop the start.
/// </summary>
internal static class ClusterTlsReader
{
    private const string Prefix = "Garm:Cluster:Tls";
    private const string CertificateAccepted =
        "a file with the node's certificate and its private key, PKCS #12 (with Password) or PEM (with KeyPath when the key has its own file)";

    private const string AuthoritiesAccepted = "a PEM file of the authorities that issue the nodes' certificates";
    private static readonly string[] Keys = ["CertificatePath", "KeyPath", "Password", "AuthorityPath"];

    /// <summary>Reads all settings of the section; null for plain text.</summary>
    /// <exception cref="SettingException">The first one that is wrong.</exception>
    public static ClusterTls? Read(IConfiguration configuration)
    {
        var section = new SettingsSection(configuration, Prefix);
        var set = configuration.GetSection(Prefix).GetChildren().Select(x => x.Key).ToList();
        RefuseUnknown(configuration, set);
        if (set.Count == 0) return null;
        if (section.Text("CertificatePath") is not { } path)
        {
            var problem = set.FirstOrDefault(x => !x.Equals("CertificatePath", StringComparison.OrdinalIgnoreCase)) is { } other
                ? $"it is missing, but {other} is set"
                : "it is empty";
            throw new SettingException($"{Prefix}:CertificatePath", problem, "the node's certificate, PKCS #12 or PEM; for plain text, leave the key out");
        }

        var tls = new ClusterTls(LoadCertificate(section, path), LoadAuthorities(section));
        if (tls.Authorities.Count > 0 && !tls.Trusts(tls.Certificate))
        {
            throw new SettingException(
                $"{Prefix}:AuthorityPath",
                $"the node's own certificate ({tls.Certificate.Subject}, issued by {tls.Certificate.Issuer}) was issued by none of them, so no other node would accept it",
                AuthoritiesAccepted);
        }

        return tls;
    }

    private static void RefuseUnknown(IConfiguration configuration, IReadOnlyList<string> set)
    {
        if (configuration[Prefix] is { Length: > 0 })
            throw new SettingException(Prefix, "it is a section and has no value", string.Join(", ", Keys.Select(x => $"{Prefix}:{x}")));
        if (set.FirstOrDefault(x => !Keys.Contains(x, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new SettingException($"{Prefix}:{unknown}", "it is not a setting", string.Join(", ", Keys));
    }

    private static X509Certificate2 LoadCertificate(SettingsSection section, string path)
    {
        try
        {
            var certificate = IsPem(File.ReadAllText(path)) ? LoadPem(section, path) : LoadPkcs12(section, path);
            if (!certificate.HasPrivateKey) throw WithoutKey("CertificatePath", path);
            if (certificate.NotAfter < DateTime.Now || certificate.NotBefore > DateTime.Now)
                throw new SettingException($"{Prefix}:CertificatePath", $"\"{path}\" is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}, which is not now", CertificateAccepted);
            return certificate;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable("CertificatePath", path, e, CertificateAccepted);
        }
    }

    private static X509Certificate2 LoadPkcs12(SettingsSection section, string path) => section.Text("KeyPath") is { }
        ? throw new SettingException($"{Prefix}:KeyPath", $"it is set, but \"{path}\" is not a PEM file", "a PEM file of the key, if the certificate is a PEM file too")
        : X509CertificateLoader.LoadPkcs12FromFile(path, section.Text("Password"));

    private static X509Certificate2 LoadPem(SettingsSection section, string path)
    {
        var password = section.Text("Password");
        var (keyName, keyPath) = section.Text("KeyPath") is { } own ? ("KeyPath", own) : ("CertificatePath", path);
        var key = ReadKey(keyName, keyPath);
        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) throw WithoutKey(keyName, keyPath);
        if (key.Contains("-----BEGIN ENCRYPTED ", StringComparison.Ordinal) != password is not null)
        {
            throw new SettingException(
                $"{Prefix}:Password",
                password is null ? $"it is missing, but the key in \"{keyPath}\" is encrypted" : $"it is set, but the key in \"{keyPath}\" is not encrypted",
                "the password of an encrypted key");
        }

        using var loaded = password is null
            ? X509Certificate2.CreateFromPemFile(path, keyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);

        // A key that was loaded from PEM is ephemeral, which TLS on some platforms does not accept.
        return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), null);
    }

    private static string ReadKey(string name, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable(name, path, e, "a PEM file of the key");
        }
    }

    private static X509Certificate2Collection LoadAuthorities(SettingsSection section)
    {
        var authorities = new X509Certificate2Collection();
        if (section.Text("AuthorityPath") is not { } path) return authorities;
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable("AuthorityPath", path, e, AuthoritiesAccepted);
        }

        return authorities.Count > 0
            ? authorities
            : throw new SettingException($"{Prefix}:AuthorityPath", $"\"{path}\" has no certificate", AuthoritiesAccepted);
    }

    private static bool IsPem(string text) => text.Contains("-----BEGIN ", StringComparison.Ordinal);

    private static bool IsUnreadable(Exception e) => e is CryptographicException or IOException or UnauthorizedAccessException;

    private static SettingException WithoutKey(string name, string path) =>
        new($"{Prefix}:{name}", $"\"{path}\" has no private key", CertificateAccepted);

    private static SettingException Unreadable(string name, string path, Exception e, string accepted) =>
        new($"{Prefix}:{name}", $"\"{path}\" cannot be read ({e.Message.TrimEnd('.')})", accepted);
}
