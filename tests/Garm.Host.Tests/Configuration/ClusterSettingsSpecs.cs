using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Garm.Host.Configuration;
using Microsoft.Extensions.Configuration;

namespace Garm.Host.Tests.Configuration;

/// <summary>The refusals of a cluster's settings.</summary>
public sealed class ClusterSettingsSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void SeveralNodesOnOneMachine_MayShareASqliteFile(string hostname) =>
        Assert.Equal(hostname, Read(("Garm:Cluster:Hostname", hostname)).Cluster.Hostname);

    [Theory]
    [InlineData("hub1.example.com")]
    [InlineData("10.0.0.1")]
    public void SeveralMachines_MayNotShareASqliteFile(string hostname)
    {
        var refusal = Refusal(("Garm:Cluster:Hostname", hostname));

        Assert.StartsWith("Garm:Cluster:Hostname", refusal, StringComparison.Ordinal);
        Assert.Contains("a SQLite file cannot be shared by several machines", refusal, StringComparison.Ordinal);
        Assert.Contains("SqlServer or PostgreSql", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void SeedsOnOtherMachines_AreRefusedWithSqlite() => Assert.StartsWith(
        "Garm:Cluster:SeedNodes",
        Refusal(("Garm:Cluster:Hostname", "127.0.0.1"), ("Garm:Cluster:SeedNodes:0", "akka.tcp://garm@hub1:4053")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Hostname", "two words")]
    [InlineData("Hostname", "host:4053")]
    [InlineData("BindHostname", "a\"b")]
    [InlineData("SeedNodes", "akka.tcp://other@host:1")]
    [InlineData("SeedNodes", "akka.tcp://garm@host")]
    [InlineData("SeedNodes", "akka.ssl.tcp://garm@host:1")]
    [InlineData("PubSub", "perhaps")]
    public void AWrongValue_IsRefusedByItsKey(string key, string value) =>
        Assert.StartsWith($"Garm:Cluster:{key}", Refusal(($"Garm:Cluster:{key}", value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Port", "4053")]
    [InlineData("SeedNodes:0", "akka.tcp://garm@localhost:4053")]
    public void AClusterWithoutAHostname_IsRefused(string key, string value) =>
        Assert.StartsWith("Garm:Cluster:Hostname: it is missing", Refusal(($"Garm:Cluster:{key}", value)), StringComparison.Ordinal);

    [Fact]
    public void ACertificate_IsReadFromPkcs12AndFromPem()
    {
        using var certificate = Certificate(DateTimeOffset.Now.AddDays(1));
        var pkcs12 = FileOf("node.pfx", certificate.Export(X509ContentType.Pkcs12, "secret"));
        var pem = FileOf("node.pem", System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        var key = FileOf("node.key", System.Text.Encoding.ASCII.GetBytes(certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()));

        foreach (var tls in new[]
                 {
                     Read(Hostname, ("Garm:Cluster:Tls:CertificatePath", pkcs12), ("Garm:Cluster:Tls:Password", "secret")),
                     Read(Hostname, ("Garm:Cluster:Tls:CertificatePath", pem), ("Garm:Cluster:Tls:KeyPath", key), ("Garm:Cluster:Tls:AuthorityPath", pem)),
                 }.Select(x => x.Cluster.Tls))
        {
            Assert.Equal(certificate.Thumbprint, tls?.Certificate.Thumbprint);
            Assert.True(tls!.Trusts(certificate));
        }
    }

    [Fact]
    public void AStrangersCertificate_IsNotTrusted()
    {
        using var ours = Certificate(DateTimeOffset.Now.AddDays(1));
        using var strangers = Certificate(DateTimeOffset.Now.AddDays(1));

        Assert.False(new Garm.Actors.Clustering.ClusterTls(ours, []).Trusts(strangers));
        Assert.False(new Garm.Actors.Clustering.ClusterTls(ours, [ours]).Trusts(strangers));
        Assert.False(new Garm.Actors.Clustering.ClusterTls(ours, []).Trusts(null));
    }

    [Fact]
    public void ACertificateThatCannotServe_IsRefused()
    {
        using var old = Certificate(DateTimeOffset.Now.AddDays(-1));
        using var good = Certificate(DateTimeOffset.Now.AddDays(1));
        var expired = FileOf("old.pfx", old.Export(X509ContentType.Pkcs12));
        var keyless = FileOf("keyless.pfx", X509CertificateLoader.LoadCertificate(good.RawData).Export(X509ContentType.Pkcs12));
        var locked = FileOf("locked.pfx", good.Export(X509ContentType.Pkcs12, "secret"));

        Assert.Contains("which is not now", RefusalOfCertificate(expired), StringComparison.Ordinal);
        Assert.Contains("private key", RefusalOfCertificate(keyless), StringComparison.Ordinal);
        Assert.Contains("cannot be read", RefusalOfCertificate(locked), StringComparison.Ordinal);
        Assert.Contains("cannot be read", RefusalOfCertificate(Path.Combine(_folder, "nowhere.pfx")), StringComparison.Ordinal);
        Assert.Contains("cannot be read", RefusalOfCertificate(FileOf("text.pfx", "no certificate"u8.ToArray())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Garm:Cluster:Tls:Password", "secret", "Garm:Cluster:Tls:CertificatePath: it is missing")]
    [InlineData("Garm:Cluster:Tls:CertificatePath", "", "Garm:Cluster:Tls:CertificatePath: it is empty")]
    [InlineData("Garm:Cluster:Tls:CertPath", "node.pem", "Garm:Cluster:Tls:CertPath: it is not a setting")]
    [InlineData("Garm:Cluster:Tls", "true", "Garm:Cluster:Tls: it is a section and has no value")]
    public void TlsThatIsHalfSet_IsRefused_SinceItWouldBePlainText(string key, string value, string refusal) =>
        Assert.StartsWith(refusal, Refusal(Hostname, (key, value)), StringComparison.Ordinal);

    [Fact]
    public void AKey_IsRefusedByWhatIsWrongWithIt()
    {
        using var certificate = Certificate(DateTimeOffset.Now.AddDays(1));
        using var other = Certificate(DateTimeOffset.Now.AddDays(1));
        var pem = TextOf("node.pem", certificate.ExportCertificatePem());
        var key = TextOf("node.key", certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var locked = TextOf("locked.key", certificate.GetRSAPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        var others = TextOf("other.key", other.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var pkcs12 = FileOf("node.pfx", certificate.Export(X509ContentType.Pkcs12));

        Assert.NotNull(Read(Hostname, Certificate(pem), Key(locked), Password("secret")).Cluster.Tls);
        foreach (var (refusal, settings) in new (string, (string, string)[])[]
                 {
                     ("CertificatePath: \"*\" has no private key", [Certificate(pem)]),
                     ("KeyPath: \"*\" cannot be read", [Certificate(pem), Key(Path.Combine(_folder, "nowhere.key"))]),
                     ("KeyPath: \"*\" has no private key", [Certificate(pem), Key(pem)]),
                     ("KeyPath: it is set", [Certificate(pkcs12), Key(key)]),
                     ("CertificatePath: \"*\" cannot be read", [Certificate(pem), Key(others)]),
                     ("CertificatePath: \"*\" cannot be read", [Certificate(pem), Key(locked), Password("wrong")]),
                     ("Password: it is missing", [Certificate(pem), Key(locked)]),
                     ("Password: it is set", [Certificate(pem), Key(key), Password("secret")]),
                 })
        {
            Assert.Matches($"^Garm:Cluster:Tls:{refusal.Replace("*", ".*", StringComparison.Ordinal)}", Refusal([Hostname, .. settings]));
        }
    }

    [Fact]
    public void ACertificateOfAnotherAuthority_IsRefused()
    {
        using var ours = Certificate(DateTimeOffset.Now.AddDays(1));
        using var strangers = Certificate(DateTimeOffset.Now.AddDays(1));
        var authority = ("Garm:Cluster:Tls:AuthorityPath", TextOf("authority.pem", ours.ExportCertificatePem()));

        Assert.StartsWith(
            "Garm:Cluster:Tls:AuthorityPath: the node's own certificate (CN=garm-node, issued by CN=garm-node) was issued by none of them",
            Refusal(Hostname, authority, Certificate(FileOf("node.pfx", strangers.Export(X509ContentType.Pkcs12)))), StringComparison.Ordinal);
    }

    private static (string, string) Certificate(string path) => ("Garm:Cluster:Tls:CertificatePath", path);

    private static (string, string) Key(string path) => ("Garm:Cluster:Tls:KeyPath", path);

    private static (string, string) Password(string password) => ("Garm:Cluster:Tls:Password", password);

    private string TextOf(string name, string text) => FileOf(name, System.Text.Encoding.ASCII.GetBytes(text));

    private static (string, string) Hostname => ("Garm:Cluster:Hostname", "127.0.0.1");

    private static string RefusalOfCertificate(string path)
    {
        var refusal = Refusal(Hostname, ("Garm:Cluster:Tls:CertificatePath", path));
        Assert.StartsWith("Garm:Cluster:Tls:CertificatePath", refusal, StringComparison.Ordinal);
        return refusal;
    }

    private string FileOf(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static X509Certificate2 Certificate(DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=garm-node", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.Now.AddDays(-2), until);
    }

    private static string Refusal(params (string Key, string Value)[] values) =>
        Assert.Throws<SettingException>(() => Read(values)).Message;

    private static GarmSettings Read(params (string Key, string Value)[] values) => SettingsReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(x => KeyValuePair.Create(x.Key, (string?)x.Value)))
            .Build());
}
