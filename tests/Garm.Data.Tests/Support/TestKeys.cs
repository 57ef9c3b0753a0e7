using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Garm.Data.Tests.Support;

/// <summary>Keys and certificates that are generated for the test.</summary>
internal static class TestKeys
{
    private static readonly RSA Rsa = RSA.Create(2048);

    public static byte[] Pkcs1Pem { get; } = Encoding.ASCII.GetBytes(Rsa.ExportRSAPrivateKeyPem());

    public static byte[] Pkcs8Pem { get; } = Encoding.ASCII.GetBytes(Rsa.ExportPkcs8PrivateKeyPem());

    public static byte[] CertificatePem()
    {
        var request = new CertificateRequest("CN=ca.example.com", Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());
    }
}
