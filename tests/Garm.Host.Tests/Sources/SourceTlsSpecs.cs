using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Garm.Actors.Sources;
using Garm.Host.Sources;
using Garm.Log.Sources;

namespace Garm.Host.Tests.Sources;

/// <summary>Whose certificates are taken, and what is said of the others.</summary>
public sealed class SourceTlsSpecs : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SourceTlsSpecs()
    {
        var request = new CertificateRequest("CN=our authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _authority.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task ACertificateOfTheSourcesOwnAuthority_IsTaken() =>
        Assert.Contains("no GARM server (404)", await MessageAsync(Certificate("127.0.0.1"), Pem(_authority)));

    [Fact]
    public async Task OneOfAnUnknownAuthority_IsNot() => Assert.Contains(
        "is not accepted: its authority is not known here; give that one's certificates in ca_cert_bundle", await MessageAsync(Certificate("127.0.0.1"), []));

    [Fact]
    public async Task OneOfAnotherAuthority_IsNot()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bundle = new CertificateRequest("CN=another", other, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        Assert.Contains(
            "is not accepted: its authority is not among those in ca_cert_bundle", await MessageAsync(Certificate("127.0.0.1"), Pem(bundle)));
    }

    [Fact]
    public async Task OneForAnotherHost_IsNot() => Assert.Contains(
        "is not accepted: it is for garm.example.com, and not for the host of the URL", await MessageAsync(Certificate("garm.example.com"), Pem(_authority)));

    [Fact]
    public async Task OneThatHasEnded_IsNot() => Assert.Contains(
        "is not accepted: it was good until 20", await MessageAsync(Certificate("127.0.0.1", days: -1), Pem(_authority)));

    private static byte[] Pem(X509Certificate2 certificate) => Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());

    private X509Certificate2 Certificate(string name, int days = 5)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_authority, DateTimeOffset.UtcNow.AddDays(-5), DateTimeOffset.UtcNow.AddDays(days), RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>What is said of a server that has this certificate and answers 404.</summary>
    private async Task<string> MessageAsync(X509Certificate2 certificate, byte[] bundle)
    {
        var serving = ServeAsync(certificate);
        var settings = new SourceSettings(Guid.NewGuid(), "east", 1)
        {
            Url = $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}",
            Username = "admin",
            Password = "secret",
            CaBundle = bundle,
        };
        var failure = await Assert.ThrowsAsync<SourceException>(() => new SourceConnector().ConnectAsync(settings, new Nobody(), CancellationToken.None));
        await serving;
        certificate.Dispose();
        return failure.Message;
    }

    private async Task ServeAsync(X509Certificate2 certificate)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            var buffer = new byte[4096];
            if (await tls.ReadAsync(buffer) > 0) await tls.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The other side does not want it.
        }
    }

    private sealed class Nobody : ISourceListener
    {
        public void OnFrame(ReadOnlyMemory<byte> frame)
        {
        }

        public void OnEnd(string message)
        {
        }
    }
}
