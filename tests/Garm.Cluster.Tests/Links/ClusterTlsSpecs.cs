using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Garm.Actors.Clustering;
using Garm.Actors.Tests.Support;
using Garm.Cluster.Tests.Support;
using Garm.TestUtilities;
using Microsoft.Extensions.Time.Testing;

namespace Garm.Cluster.Tests.Links;

/// <summary>TLS between nodes: only a node with a certificate of the cluster can connect.</summary>
public sealed class ClusterTlsSpecs : IDisposable
{
    private readonly NodeTable _table = new();
    private readonly FailableChangeLog _log = new();
    private readonly X509Certificate2 _shared = SelfMade();
    private readonly X509Certificate2 _strangers = SelfMade();

    public void Dispose()
    {
        _shared.Dispose();
        _strangers.Dispose();
    }

    [Fact]
    public async Task NodesWithTheClustersCertificate_ShouldFormOneCluster()
    {
        var tls = new ClusterTls(_shared, []);
        await using var a = await LinkedNode.StartAsync(_table, _log, tls: tls);
        await using var b = await LinkedNode.StartAsync(_table, _log, tls: tls);

        await a.UntilMemberAsync(of: 2);
        await b.UntilMemberAsync(of: 2);
        await a.UntilLinkedAsync(_log, b);
    }

    [Fact]
    public Task ANodeWithAStrangersCertificate_ShouldStayOutside_AndServeFromTheLog() => ShouldStayOutsideAsync(new ClusterTls(_strangers, []));

    [LongFact]
    public Task ANodeWithoutACertificate_ShouldStayOutside_AndServeFromTheLog() => ShouldStayOutsideAsync(null);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-2, false)]
    [InlineData(2, false)]
    public void ACertificate_ShouldCount_OnlyInItsTime(int days, bool trusted)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(days));

        Assert.Equal(trusted, new ClusterTls(_shared, []) { Clock = clock }.Trusts(_shared));
        Assert.Equal(trusted, new ClusterTls(_shared, [_shared]) { Clock = clock }.Trusts(_shared));
    }

    [Fact]
    public void AStrangersCertificate_ShouldNotHaveTheNodeFetchAnything()
    {
        using var strangers = new TcpListener(IPAddress.Loopback, 0);
        strangers.Start();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [$"http://{strangers.LocalEndpoint}/issuer"]));
        using var peer = request.Create(
            new X500DistinguishedName("CN=unknown"), X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1), [1]);

        Assert.False(new ClusterTls(_shared, [_shared]).Trusts(peer));
        Assert.False(strangers.Pending());
    }

    private async Task ShouldStayOutsideAsync(ClusterTls? tls)
    {
        await using var a = await LinkedNode.StartAsync(_table, _log, tls: new ClusterTls(_shared, []));
        await a.UntilMemberAsync(of: 1);
        var beats = _table.Beats;
        await using var outsider = await LinkedNode.StartAsync(_table, _log, TimeSpan.FromMilliseconds(100), tls);

        // The node has tried repeatedly by then, and Akka several times for each attempt.
        await Retry.UntilAsync(
            "it has looked for its cluster for a while", () => Task.FromResult(_table.Beats > beats + 20), TimeSpan.FromSeconds(60));
        Assert.False(outsider.Status.IsUp);
        Assert.Single(a.Status.Members);

        var batch = _log.Commit(Samples.PoolUpdate);
        await outsider.UntilAsync(batch.Last.Value);
    }

    private static X509Certificate2 SelfMade()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=garm-node", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
