using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Limits;

/// <summary>
/// The server's own limits begin with a request's first byte: the hub closes a connection that is silent after the TLS handshake.
/// </summary>
public sealed class SilentTlsSpecs : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("garm-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LongFact]
    public async Task AConnection_ThatSaysNothingAfterTheTlsHandshake_Ends()
    {
        await using var host = await RunningHost.StartListeningAsync(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Https:Url"] = "https://127.0.0.1:0",
            ["Kestrel:Endpoints:Https:Certificate:Path"] = MakeCertificate(),
            ["Garm:Events:HandshakeTimeout"] = "1s",
        });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.BaseUrl.Port);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("localhost");

        var ends = tls.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience);

        Assert.Equal(0, await EndAsync(ends));
    }

    private string MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Combine(_folder, "hub.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        return path;
    }

    /// <summary>0 for the connection's end of any kind.</summary>
    private static async Task<int> EndAsync(Task<int> read)
    {
        try
        {
            return await read;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
