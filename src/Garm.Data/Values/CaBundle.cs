using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Garm.Data.Values;

/// <summary>PEM bundles of certificate authorities.</summary>
public static class CaBundle
{
    /// <summary>Whether there is a readable certificate in it. GARM drops a bundle without one and says nothing.</summary>
    /// <exception cref="GarmException">400: there is a private key in it, which would be shown to everyone.</exception>
    public static bool HasCertificate(byte[] bundle)
    {
        if (Encoding.UTF8.GetString(bundle).Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw GarmException.BadRequest("ca_cert_bundle holds a private key; only certificates are accepted");
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(Encoding.UTF8.GetString(bundle));
            var any = certificates.Count > 0;
            foreach (var certificate in certificates) certificate.Dispose();
            return any;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
