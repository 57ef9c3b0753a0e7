using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Garm.Data.Values;

/// <summary>PEM bundles of certificate authorities.</summary>
public static class CaBundle
{
    /// <summary>Whether it contains a valid certificate. GARM ignores a bundle without one.</summary>
    /// <exception cref="GarmException">400: it contains a private key, which every answer would show.</exception>
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
