using System.Net.Http.Headers;
using Garm.Actors.Sources;

namespace Garm.Host.Sources;

/// <summary>The REST API of a source. Every wait is bounded: for the answer's head, and for each part of its body.</summary>
internal sealed class SourceHttp
{
    /// <summary>How long an answer, or a part of one, may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int LongestText = 1024 * 1024;

    private readonly Uri _api;
    private string? _token;

    /// <param name="address">The base URL, with a slash at its end.</param>
    /// <param name="handler">Its connections end by themselves when they are not used.</param>
    public SourceHttp(Uri address, HttpMessageHandler handler)
    {
        _api = new Uri(address, "api/v1/");
        Invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends requests, the handshake of the event socket too.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>What further requests carry.</summary>
    public void UseToken(string token) => _token = token;

    /// <summary>The URL of a websocket.</summary>
    public Uri SocketUrl(string path) => new UriBuilder(new Uri(_api, path)) { Scheme = _api.Scheme == "https" ? "wss" : "ws" }.Uri;

    /// <summary>Sends a request; returns when the answer's head is there.</summary>
    /// <exception cref="SourceException">There is no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(_api, path));
        if (json is not null) request.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (_token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var response = await Invoker.SendAsync(request, limit.Token);
            response.RequestMessage ??= request;
            return response;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw SourceFailures.TooLate(request.RequestUri!, Patience, e);
        }
        catch (HttpRequestException e)
        {
            throw SourceFailures.NotReached(request.RequestUri!, e);
        }
    }

    /// <summary>The body as text.</summary>
    /// <exception cref="SourceException">It was cut, is too late or too long.</exception>
    public async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        System.Text.Encoding.UTF8.GetString((await ReadBytesAsync(response, LongestText, cancellation)).Span);

    /// <summary>The body.</summary>
    /// <exception cref="SourceException">It was cut, is too late or too long.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpResponseMessage response, int longest, CancellationToken cancellation)
    {
        await using var body = await OpenBodyAsync(response, cancellation);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(chunk, cancellation)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > longest) throw new SourceException($"{UrlOf(response).AbsolutePath} answers with more than {longest} bytes");
        }

        return buffer.ToArray();
    }

    /// <summary>The body as a stream of which each part must come in time.</summary>
    public async Task<Stream> OpenBodyAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        new BoundedBody(await response.Content.ReadAsStreamAsync(cancellation), UrlOf(response));

    private static Uri UrlOf(HttpResponseMessage response) => response.RequestMessage!.RequestUri!;

    /// <summary>Turns a stall and a cut into a message for the operator.</summary>
    private sealed class BoundedBody(Stream body, Uri url) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            try
            {
                return await body.ReadAsync(buffer, limit.Token);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw SourceFailures.TooLate(url, Patience, e);
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                throw new SourceException($"the answer of {url.AbsolutePath} was cut: {e.Message}", e);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) body.Dispose();
            base.Dispose(disposing);
        }
    }
}
