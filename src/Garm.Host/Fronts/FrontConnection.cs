using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Garm.Host.Http;
using Garm.Host.Sources;

namespace Garm.Host.Fronts;

/// <summary>
/// The connections to a source's server for requests that are passed on. They carry the client's <c>Host</c>, so TLS is done here: the
/// framework's client would ask for a certificate of that name, and the server's is one of the URL's.
/// </summary>
internal sealed class FrontConnection
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    // GARM ends an idle connection after 60 s, and a request on one that just ends would fail.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    private readonly Uri _url;
    private readonly SourceTls? _tls;

    /// <param name="url">The server's base URL, without a slash at its end.</param>
    /// <param name="bundle">PEM of further authorities; empty for the system's alone.</param>
    public FrontConnection(string url, ReadOnlyMemory<byte> bundle)
    {
        (Url, Bundle, _url) = (url, bundle, new Uri(url));
        if (_url.Scheme == Uri.UriSchemeHttps) _tls = new SourceTls(bundle.Span);
        Address = new UriBuilder(_url) { Scheme = Uri.UriSchemeHttp, Port = _url.Port }.Uri.AbsoluteUri.TrimEnd('/');
        Invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // A request is passed on as it is, and so is its answer.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = ConnectTime,
            PooledConnectionIdleTimeout = IdleTime,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = static (name, _) => HeaderEncodings.Of(name),
            UseCookies = false,
            UseProxy = false,
        });
    }

    /// <summary>The server's base URL, as it is set.</summary>
    public string Url { get; }

    /// <summary>The authorities, as they are set.</summary>
    public ReadOnlyMemory<byte> Bundle { get; }

    /// <summary>What requests that <see cref="Invoker"/> sends begin with. Its scheme is http; the connection may have TLS.</summary>
    public string Address { get; }

    /// <summary>Sends requests.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>Whether it is the one for this server.</summary>
    public bool IsFor(string url, ReadOnlySpan<byte> bundle) => Url == url && Bundle.Span.SequenceEqual(bundle);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A socket of an agent may be silent for long; one whose server is gone must not stay.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
            await socket.ConnectAsync(new DnsEndPoint(_url.IdnHost, _url.Port), cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var stream = new NetworkStream(socket, ownsSocket: true);
        return _tls is null ? stream : await SecureAsync(stream, _tls, cancellation);
    }

    private async Task<Stream> SecureAsync(Stream stream, SourceTls tls, CancellationToken cancellation)
    {
        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    ApplicationProtocols = [SslApplicationProtocol.Http11],
                    RemoteCertificateValidationCallback = tls.IsGood,
                    TargetHost = _url.IdnHost,
                },
                cancellation);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
