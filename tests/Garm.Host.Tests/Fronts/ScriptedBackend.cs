using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Garm.Host.Tests.Fronts;

/// <summary>A server that does on each connection what a test says, byte for byte. Paths without a script get 404.</summary>
internal sealed class ScriptedBackend : IAsyncDisposable
{
    private const string NotFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, Func<BackendRequest, Task>> _scripts = [];
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    /// <param name="certificate">For TLS; null for none.</param>
    public ScriptedBackend(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://{_listener.LocalEndpoint}");

    /// <summary>What to do with requests for a path, which is compared with what stands in the request's first line before a query.</summary>
    public void On(string path, Func<BackendRequest, Task> script)
    {
        lock (_scripts) _scripts[path] = script;
    }

    /// <summary>Answers requests for a path with these bytes, and keeps the last request.</summary>
    public Func<BackendRequest> Answer(string path, byte[] answer)
    {
        BackendRequest? last = null;
        On(path, async request =>
        {
            await request.ReadBodyAsync();
            last = request;
            await request.Stream.WriteAsync(answer);
        });
        return () => last ?? throw new InvalidOperationException($"no request for {path} came");
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // One request a connection.
    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(_certificate);
                    stream = secure;
                }

                await using (stream)
                {
                    if (await BackendRequest.ReadAsync(stream) is not { } request) return;
                    Func<BackendRequest, Task>? script;
                    lock (_scripts) _scripts.TryGetValue(request.Target.Split('?')[0], out script);
                    if (script is not null) await script(request);
                    else await stream.WriteAsync(Encoding.ASCII.GetBytes(NotFound));
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The hub is gone.
        }
    }
}

/// <summary>A request as it came.</summary>
internal sealed record BackendRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, Stream Stream)
{
    public byte[] Body { get; private set; } = [];

    public string? this[string name] => Headers.FirstOrDefault(x => x.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public static async Task<BackendRequest?> ReadAsync(Stream stream)
    {
        var lines = new List<string>();
        while (await ReadLineAsync(stream) is { Length: > 0 } line) lines.Add(line);
        if (lines.Count == 0) return null;
        var first = lines[0].Split(' ');
        return new BackendRequest(
            first[0], first[1], [.. lines.Skip(1).Select(x => x.Split(':', 2)).Select(x => (x[0], x[1].Trim()))], stream);
    }

    /// <summary>Reads the body, of either framing.</summary>
    public async Task ReadBodyAsync()
    {
        using var body = new MemoryStream();
        if (this["Content-Length"] is { } length) await CopyAsync(int.Parse(length), body);
        else if (this["Transfer-Encoding"] == "chunked")
        {
            while (Convert.ToInt32(await ReadLineAsync(Stream), 16) is > 0 and var size)
            {
                await CopyAsync(size, body);
                await ReadLineAsync(Stream);
            }

            await ReadLineAsync(Stream);
        }

        Body = body.ToArray();
    }

    private async Task CopyAsync(int count, MemoryStream to)
    {
        var bytes = new byte[count];
        await Stream.ReadExactlyAsync(bytes);
        to.Write(bytes);
    }

    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        return null;
    }
}
