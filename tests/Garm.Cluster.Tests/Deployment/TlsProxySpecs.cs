using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Garm.Cluster.Tests.Support;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>HAProxy accepts the example of a proxy with TLS.</summary>
public sealed class TlsProxySpecs : IDisposable
{
    private const string Certificate = "/etc/haproxy/garm.pem";

    private readonly string _folder = Directory.CreateTempSubdirectory("garm-tls-proxy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task TheProxysFile_IsOneThatItReads()
    {
        var haproxy = Tool.Find("haproxy");
        Skip.If(haproxy is null, "haproxy is not installed");
        var text = Repository.Read("deploy/haproxy-tls.cfg");
        Assert.Contains($"crt {Certificate} ", text, StringComparison.Ordinal);
        var (pem, file) = (Path.Combine(_folder, "garm.pem"), Path.Combine(_folder, "haproxy.cfg"));
        await File.WriteAllTextAsync(pem, SelfSigned());
        await File.WriteAllTextAsync(file, text.Replace(Certificate, pem, StringComparison.Ordinal));

        var (code, _, errors) = await Tool.RunAsync(haproxy, "-c", "-f", file);

        Assert.True(code == 0, errors);
    }

    private static string SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=garm.example.com", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
