using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Fronts;

/// <summary>What is passed on to a server, and back, is what was sent.</summary>
public sealed class FrontPassingSpecs : IClassFixture<FrontPassingSpecs.Shared>, IDisposable
{
    private const int Large = 100 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Shared _shared;
    private readonly HttpClient _http;

    public FrontPassingSpecs(Shared shared)
    {
        _shared = shared;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = shared.Front.Front,
            Timeout = Patience,
        };
    }

    private ScriptedBackend Backend => _shared.Backend;

    private FrontedHub Front => _shared.Front;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task ARequest_GoesOnAsItIs()
    {
        const string target = "/api/v1//pools/%2e%2E/a%2Fb%20c;x=1/./~?q=%41+b&&empty=&q={}|^";
        var seen = Backend.Answer(target.Split('?')[0], "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        await using var client = await RawClient.ConnectAsync(Front.Front);

        await client.SendAsync(
            $"PATCH {target} HTTP/1.1\r\nHost: LocalHost:{Front.Front.Port}\r\nAuthorization: Bearer of-the-server\r\nCookie: garm_token=a; b=c\r\n"
            + "Origin: http://localhost:1\r\nX-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https\r\nContent-Type: text/x-odd\r\nX-Odd: a, b\r\nX-Odd: \u00c3\u00a4\r\nContent-Length: 5\r\n\r\na\0b\r\n");
        await client.ReadAnswerAsync();

        var request = seen();
        Assert.Equal(("PATCH", target), (request.Method, request.Target));
        Assert.Equal("a\0b\r\n", Encoding.ASCII.GetString(request.Body));
        Assert.Equal($"LocalHost:{Front.Front.Port}", request["Host"]);
        Assert.Equal("Bearer of-the-server", request["Authorization"]);
        Assert.Equal("garm_token=a; b=c", request["Cookie"]);
        Assert.Equal("http://localhost:1", request["Origin"]);
        Assert.Equal("text/x-odd", request["Content-Type"]);
        Assert.Equal("5", request["Content-Length"]);
        Assert.Equal("a, b, ä", string.Join(", ", request.Headers.Where(x => x.Name == "X-Odd").Select(x => x.Value)));
        Assert.Equal("10.0.0.1, 127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("https", request["X-Forwarded-Proto"]);
        Assert.Equal($"LocalHost:{Front.Front.Port}", request["X-Forwarded-Host"]);
        Assert.DoesNotContain(request.Headers, x => x.Name.Equals("traceparent", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("301 Moved Permanently")]
    [InlineData("409 Conflict")]
    [InlineData("418 I'm a teapot")]
    [InlineData("500 Internal Server Error")]
    public async Task AnAnswer_ComesBackAsItIs(string status)
    {
        var body = RandomNumberGenerator.GetBytes(1000);
        var head =
            $"Content-Type: application/json\r\nDate: Mon, 23 Nov 2026 14:16:05 GMT\r\nContent-Encoding: gzip\r\nLocation: /ui/?x=%20\r\nSet-Cookie: a=1; Path=/\r\n"
            + "Set-Cookie: b=2; HttpOnly\r\nContent-Disposition: attachment; filename=\"\u00c3\u00a4.txt\"\r\nX-Odd: \u00e4\r\nWWW-Authenticate: Basic realm=\"x\"\r\n";
        Backend.Answer("/answer", [
            .. Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\n{head}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body]);
        await using var client = await RawClient.ConnectAsync(Front.Front);

        await client.SendAsync($"GET /answer HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var answer = await client.ReadAnswerAsync();

        Assert.Equal(body, answer.Body);
        var lines = answer.Head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"HTTP/1.1 {status}", lines[0]);
        Assert.Equal(
            head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Append($"Content-Length: {body.Length}").Order(StringComparer.Ordinal),
            lines.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TheHubsOwnQuestions_AreNotAsked()
    {
        // The hub would answer each of these by itself: without a token, with a preflight's answer, with 404, with 405.
        foreach (var (method, path) in new[] { ("GET", "/api/v1/pools"), ("OPTIONS", "/api/v1/pools"), ("POST", "/nothing"), ("GET", "/metrics"), ("GET", "/readyz"), ("GET", "/"), ("POST", "/api/v1/ws/events") })
        {
            var seen = Backend.Answer(path, "HTTP/1.1 299 Mine\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Origin", "https://elsewhere.example.com");
            using var answer = await _http.SendAsync(request);

            Assert.Equal(299, (int)answer.StatusCode);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.Equal(method, seen().Method);
        }

        using var own = new HttpClient { BaseAddress = Front.Hub.BaseUrl };
        Assert.Equal(401, (int)(await own.GetAsync(new Uri("/api/v1/pools", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task APlaceInTheServersLog_IsNotShown()
    {
        Backend.Answer("/cursor", "HTTP/1.1 200 OK\r\nGarm-Cursor: of-another-log\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());

        using var answer = await _http.GetAsync(new Uri("/cursor", UriKind.Relative));

        Assert.False(answer.Headers.Contains("Garm-Cursor"));
    }

    [Fact]
    public async Task APart_ComesBeforeTheNext_IsSent()
    {
        var goOn = new SemaphoreSlim(0);
        Backend.On("/parts", async request =>
        {
            foreach (var part in new[] { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n", "5\r\nfirst\r\n", "4\r\nlast\r\n0\r\n\r\n" })
            {
                await request.Stream.WriteAsync(Encoding.ASCII.GetBytes(part));
                await goOn.WaitAsync(Patience);
            }
        });
        await using var client = await RawClient.ConnectAsync(Front.Front);

        await client.SendAsync("GET /parts HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await client.ReadToAsync("\r\n\r\n");
        goOn.Release();
        await client.ReadToAsync("5\r\nfirst\r\n");
        goOn.Release();
        await client.ReadToAsync("4\r\nlast\r\n0\r\n\r\n");
        goOn.Release();
    }

    [Fact]
    public async Task AClientThatWaitsForPermissionToSend_GetsIt()
    {
        var seen = Backend.Answer("/expect", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        await using var client = await RawClient.ConnectAsync(Front.Front);

        await client.SendAsync("PUT /expect HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await client.ReadToAsync("\r\n\r\n"));
        await client.SendAsync("body");
        await client.ReadAnswerAsync();

        Assert.Equal("body", Encoding.ASCII.GetString(seen().Body));
    }

    [Fact]
    public async Task LargeBodies_PassThrough_InLittleMemory()
    {
        var received = 0L;
        Backend.On("/large", async request =>
        {
            var buffer = new byte[64 * 1024];
            if (request.Method == "PUT")
            {
                for (var left = long.Parse(request["Content-Length"]!, CultureInfo.InvariantCulture); left > 0;)
                {
                    var read = await request.Stream.ReadAsync(buffer);
                    if (read == 0) return;
                    received += read;
                    left -= read;
                }

                await request.Stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                return;
            }

            await request.Stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Large}\r\nConnection: close\r\n\r\n"));
            for (var sent = 0; sent < Large; sent += buffer.Length) await request.Stream.WriteAsync(buffer);
        });
        using (await _http.GetAsync(new Uri("/warm", UriKind.Relative)))
        {
        }

        var before = PeakMemory();
        using var upload = await _http.PutAsync(new Uri("/large", UriKind.Relative), new StreamContent(new Zeros(Large)) { Headers = { ContentLength = Large } });
        using var download = await _http.GetAsync(new Uri("/large", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await download.Content.ReadAsStreamAsync();
        var bytes = 0L;
        var chunk = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(chunk)) > 0;) bytes += read;

        Assert.Equal((200, Large), ((int)upload.StatusCode, received));
        Assert.Equal(Large, bytes);
        if (OperatingSystem.IsLinux()) Assert.InRange(PeakMemory() - before, 0, 50 * 1024 * 1024);
    }

    [Fact]
    public async Task AWebSocket_PassesThrough_BothWays()
    {
        Backend.On("/api/v1/ws/logs", async request =>
        {
            Assert.Equal("websocket", request["Upgrade"]);
            var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(request["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
            await request.Stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
            await request.Stream.WriteAsync((byte[])[0x81, 5, .. "first"u8]);
            var frame = new byte[6 + 4]; // A masked text of four bytes.
            await request.Stream.ReadExactlyAsync(frame);
            for (var i = 6; i < frame.Length; i++) frame[i] ^= frame[2 + ((i - 6) % 4)];
            await request.Stream.WriteAsync((byte[])[0x81, 4, .. frame[6..], 0x88, 2, 0x03, 0xE9]);
        });
        var opened = await RawWebSocket.ConnectAsync(Front.Front, "/api/v1/ws/logs", new Dictionary<string, string>());
        await using var socket = opened.Socket!;

        Assert.Equal(["first"], await socket.EventsAsync(1));
        await socket.SendTextAsync("echo");
        var rest = await socket.UntilEndAsync();
        Assert.Equal("echo", Assert.Single(rest, x => x.Kind == FrameKind.Text).Text);
        Assert.Equal(1001, (int?)Assert.Single(rest, x => x.Kind == FrameKind.Close).Code);
    }

    [Fact]
    public async Task AServerThatIsDown_Is502_WithAText_ThatTellsNoAddress()
    {
        var port = ClosedPort();
        await AddAsync("down", new Uri($"http://127.0.0.1:{port}"));

        foreach (var path in new[] { "/api/v1/pools", "/", "/api/v1/events", "/api/v1/snapshot" })
        {
            var (status, text) = await GetAsync("down", path);
            Assert.Equal(502, status);
            Assert.StartsWith("Bad Gateway: the GARM server behind this address (source \"down\") does not answer: ", text, StringComparison.Ordinal);
            Assert.DoesNotContain($"{port}", text, StringComparison.Ordinal);
        }

        var socket = await RawWebSocket.ConnectAsync(Front.Hub.BaseUrl, "/api/v1/ws/events", new Dictionary<string, string>
        {
            ["Host"] = "down.example.com",
            ["Authorization"] = "Bearer any",
        });
        Assert.Equal(502, socket.Status);
    }

    [Fact]
    public async Task ChangedHosts_TakeEffect_AtOnce()
    {
        Backend.Answer("/changed", "HTTP/1.1 299 Mine\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        await AddAsync("changed", Backend.Url);
        Assert.Equal(299, (await GetAsync("changed", "/changed")).Status);

        foreach (var (change, status) in new (object, int)[]
        {
            (new { hosts = new[] { "elsewhere.example.com" } }, 404), (new { hosts = new[] { "CHANGED.example.com" } }, 299),
            (new { enabled = false }, 404), (new { enabled = true }, 299), (new { url = $"http://127.0.0.1:{ClosedPort()}" }, 502),
        })
        {
            Assert.Equal(200, (await Front.Admin.SendAsync("PUT", "/api/v1/sources/changed", change)).Status);
            Assert.Equal(status, (await GetAsync("changed", "/changed")).Status);
        }

        await Front.Admin.SendAsync("DELETE", "/api/v1/sources/changed");
        Assert.Equal(404, (await GetAsync("changed", "/changed")).Status);
    }

    [Fact]
    public async Task TheServersCertificate_IsThatOfItsUrl_AndNotOfTheHostThatClientsUse()
    {
        using var authority = NewCertificate("127.0.0.1");
        await using var backend = new ScriptedBackend(authority);
        backend.Answer("/secure", "HTTP/1.1 299 Mine\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        await AddAsync("secure", backend.Url);
        var refused = await GetAsync("secure", "/secure");
        Assert.Equal(502, refused.Status);
        Assert.Contains("certificate is not accepted", refused.Text, StringComparison.Ordinal);

        await Front.Admin.SendAsync("PUT", "/api/v1/sources/secure", new { ca_cert_bundle = authority.ExportCertificatePem() });

        Assert.Equal(299, (await GetAsync("secure", "/secure")).Status);
        await Front.Admin.SendAsync("DELETE", "/api/v1/sources/secure");
    }

    /// <summary>A further source of the hub, at the host of its name under <c>example.com</c>.</summary>
    private async Task AddAsync(string name, Uri url)
    {
        var made = await Front.Admin.SendAsync(
            "POST", "/api/v1/sources", new { name, url, username = "admin", password = "any", hosts = new[] { $"{name}.example.com" } });
        Assert.True(made.Status == 200, made.Text);
    }

    private async Task<(int Status, string Text)> GetAsync(string source, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Front.Hub.BaseUrl, path)) { Headers = { Host = $"{source}.example.com" } };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer any");
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static X509Certificate2 NewCertificate(string address)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=backend", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The most memory that the hub's process has had, in bytes.</summary>
    private long PeakMemory() => OperatingSystem.IsLinux()
        ? 1024 * long.Parse(
            File.ReadLines($"/proc/{((RunningHost)Front.Hub).ProcessId}/status").Single(x => x.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture)
        : 0;

    public sealed class Shared : IAsyncLifetime
    {
        internal ScriptedBackend Backend { get; } = new();

        internal FrontedHub Front { get; private set; } = null!;

        public async Task InitializeAsync() => Front = await FrontedHub.StartAsync(Backend.Url, inProcess: false);

        public async Task DisposeAsync()
        {
            await Front.DisposeAsync();
            await Backend.DisposeAsync();
        }
    }

    private sealed class Zeros(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(_left, count);
            _left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
