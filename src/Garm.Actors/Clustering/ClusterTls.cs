using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;

namespace Garm.Actors.Clustering;

/// <summary>
/// Mutual TLS between nodes. A peer is trusted when its certificate was issued by one of <see cref="Authorities"/> or, without
/// authorities, is identical with this node's. The machine's trusted roots are not used, because anyone can buy a certificate from them.
/// </summary>
/// <param name="Certificate">This node's certificate with its private key.</param>
/// <param name="Authorities">The issuers of the nodes' certificates; empty when all nodes share one certificate.</param>
public sealed record ClusterTls(X509Certificate2 Certificate, X509Certificate2Collection Authorities)
{
    /// <summary>The clock against which the validity of certificates is checked.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    // Certificates have local times.
    private DateTime Now => Clock.GetLocalNow().DateTime;

    /// <summary>Whether the certificate is that of a node of the cluster.</summary>
    public bool Trusts(X509Certificate2? peer)
    {
        if (peer is null) return false;
        if (Authorities.Count == 0) return peer.RawDataMemory.Span.SequenceEqual(Certificate.RawDataMemory.Span) && IsInTime(peer);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // Private authorities rarely publish revocations.
        chain.ChainPolicy.DisableCertificateDownloads = true; // A peer must not make this node fetch a URL.
        chain.ChainPolicy.VerificationTime = Now;
        return chain.Build(peer);
    }

    internal DotNettySslSetup ToSetup() => new(
        Certificate, suppressValidation: false, requireMutualAuthentication: true, customValidator: Validate);

    private bool Validate(X509Certificate2? certificate, X509Chain? chain, string peer, SslPolicyErrors errors, ILoggingAdapter log)
    {
        if (Trusts(certificate)) return true;
        log.Warning("{0} is not a node of this cluster by its certificate ({1})", peer, certificate?.Subject ?? "it has none");
        return false;
    }

    private bool IsInTime(X509Certificate2 certificate)
    {
        var now = Now;
        return certificate.NotBefore <= now && now <= certificate.NotAfter;
    }
}
