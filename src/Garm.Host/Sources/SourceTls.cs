using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Garm.Host.Sources;

/// <summary>Checks a server's certificate by the system's authorities, and by those of the source.</summary>
internal sealed class SourceTls
{
    private readonly X509Certificate2Collection _authorities = [];

    /// <param name="bundle">PEM; empty for the system's authorities alone.</param>
    public SourceTls(ReadOnlySpan<byte> bundle)
    {
        if (!bundle.IsEmpty) _authorities.ImportFromPem(Encoding.UTF8.GetString(bundle));
    }

    /// <summary>Whether the certificate is good: what a handshake asks.</summary>
    public bool IsGood(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || _authorities.Count == 0 || certificate is null) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));

        // What the server sent besides its own.
        if (chain is not null) own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        using var copy = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(copy);
    }
}
