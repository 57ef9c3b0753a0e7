using System.Net.Security;
using System.Security.Authentication;
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
    /// <exception cref="CertificateException">It is not; the message says why, for the operator.</exception>
    public bool IsGood(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (certificate is null) throw new CertificateException("the server sent none");
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new CertificateException($"it is for {NamesOf(leaf)}, and not for the host of the URL");
        if (_authorities.Count == 0) throw Refusal(leaf, chain, "its authority is not known here; give that one's certificates in ca_cert_bundle");
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));

        // What the server sent besides its own.
        if (chain is not null) own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return own.Build(leaf) ? true : throw Refusal(leaf, own, "its authority is not among those in ca_cert_bundle");
    }

    private static CertificateException Refusal(X509Certificate2 leaf, X509Chain? chain, string unknown)
    {
        var problems = (chain?.ChainStatus ?? []).DistinctBy(x => x.Status).ToDictionary(x => x.Status, x => x.StatusInformation.Trim().TrimEnd('.'));
        if (leaf.NotAfter < DateTime.Now) return new CertificateException($"it was good until {leaf.NotAfter.ToUniversalTime():u}");
        if (leaf.NotBefore > DateTime.Now) return new CertificateException($"it is not good before {leaf.NotBefore.ToUniversalTime():u}");
        var isUnknown = problems.Count == 0 || problems.Keys.Any(x => x is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain);
        return new CertificateException(isUnknown ? unknown : string.Join("; ", problems.Values));
    }

    private static string NamesOf(X509Certificate2 leaf)
    {
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(x => x.EnumerateDnsNames().Concat(x.EnumerateIPAddresses().Select(y => y.ToString()))).ToList();
        return names.Count > 0 ? string.Join(", ", names) : leaf.Subject;
    }
}

/// <summary>A server's certificate is not accepted.</summary>
/// <param name="message">Why, for the operator.</param>
internal sealed class CertificateException(string message) : AuthenticationException(message);
