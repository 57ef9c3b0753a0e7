using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Garm.Actors.Sources;
using Garm.Log.Sources;

namespace Garm.Host.Sources;

/// <summary>Connects to GARM servers over HTTP.</summary>
internal sealed class SourceConnector : ISourceConnector
{
    // Of a hub only its own: what it mirrors is not in its lists, and has no source in these frames. GARM reads over "source".
    private static readonly byte[] Everything = """{"send-everything":true,"source":""}"""u8.ToArray();

    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    // GARM answers a ping at once; a connection that answers none is dead, whatever its network says.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task<ISourceSession> ConnectAsync(SourceSettings settings, ISourceListener listener, CancellationToken cancellation)
    {
        var http = new SourceHttp(new Uri(settings.Url + "/"), HandlerOf(settings));
        var token = await LogInAsync(http, settings, cancellation);
        http.UseToken(token.Value);
        var server = await ReadServerAsync(http, token.Lifetime, cancellation);
        var socket = await OpenSocketAsync(http, token.Value, cancellation);
        return new SourceSession(http, socket, server, listener);
    }

    private static SocketsHttpHandler HandlerOf(SourceSettings settings) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = ConnectTime,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        SslOptions = { RemoteCertificateValidationCallback = new SourceTls(settings.CaBundle.Span).IsGood },
        UseCookies = false,
    };

    private static async Task<(string Value, TimeSpan? Lifetime)> LogInAsync(
        SourceHttp http, SourceSettings settings, CancellationToken cancellation)
    {
        var login = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["username"] = settings.Username,
            ["password"] = settings.Password!,
        });
        using var response = await http.SendAsync(HttpMethod.Post, "auth/login", login, cancellation);
        var url = response.RequestMessage!.RequestUri!;
        var body = await http.ReadTextAsync(response, cancellation);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                break;
            case HttpStatusCode.Unauthorized:
                throw new LoginRefusedException("the login was refused: the user name or the password is wrong, or the user is disabled");
            case HttpStatusCode.TooManyRequests:
                throw new LoginRefusedException($"the login was refused{SourceFailures.Details(body)}: too many logins have failed there");
            case HttpStatusCode.Conflict:
                throw new SourceException($"the login was refused{SourceFailures.Details(body)}: the server has no administrator yet");
            case HttpStatusCode.NotFound:
                throw SourceFailures.NotGarm(url, "404");
            case HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented:
                throw SourceFailures.NotGarm(url, $"{(int)response.StatusCode}");
            case >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest:
                throw SourceFailures.NotGarm(url, $"it redirects to {response.Headers.Location?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}");
            default:
                throw SourceFailures.Refused(url, (int)response.StatusCode, body);
        }

        var token = TextOf(url, body, "token");
        return token.Length > 0 ? (token, LifetimeOf(token, response.Headers.Date)) : throw SourceFailures.NotGarm(url, "no token");
    }

    private static async Task<SourceServer> ReadServerAsync(SourceHttp http, TimeSpan? lifetime, CancellationToken cancellation)
    {
        using var response = await http.SendAsync(HttpMethod.Get, "controller-info", null, cancellation);
        var url = response.RequestMessage!.RequestUri!;
        var body = await http.ReadTextAsync(response, cancellation);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                break;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new SourceException("the server refuses the user: an enabled administrator is needed");
            case HttpStatusCode.NotFound:
                throw new SourceException("the server has no /api/v1/controller-info: it is too old, or no GARM server");
            default:
                throw SourceFailures.Refused(url, (int)response.StatusCode, body);
        }

        var id = TextOf(url, body, "controller_id");
        return id.Length > 0 ? new SourceServer(id, TextOf(url, body, "version"), lifetime) : throw SourceFailures.NotGarm(url, "no controller_id");
    }

    private static async Task<ClientWebSocket> OpenSocketAsync(SourceHttp http, string token, CancellationToken cancellation)
    {
        var url = http.SocketUrl("ws/events");
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        socket.Options.KeepAliveInterval = PingEvery;
        socket.Options.KeepAliveTimeout = PingEvery;
        socket.Options.CollectHttpResponseDetails = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(SourceHttp.Patience);
        try
        {
            await socket.ConnectAsync(url, http.Invoker, limit.Token);
            await socket.SendAsync(Everything, WebSocketMessageType.Text, true, limit.Token);
            return socket;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or HttpRequestException)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw e switch
            {
                OperationCanceledException => SourceFailures.TooLate(url, SourceHttp.Patience, e),
                _ when status == HttpStatusCode.NotFound => new SourceException("the server has no event socket (/api/v1/ws/events): it is too old"),
                _ when status is not 0 and not HttpStatusCode.SwitchingProtocols => new SourceException($"the event socket was refused with {(int)status}"),
                _ => SourceFailures.NotReached(url, e),
            };
        }
    }

    private static string TextOf(Uri url, string body, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        }
        catch (JsonException)
        {
            throw SourceFailures.NotGarm(url, "the answer is no JSON");
        }
    }

    // By the server's own clock, which may differ from this one's.
    private static TimeSpan? LifetimeOf(string token, DateTimeOffset? now) => ForeignToken.Read(token).ExpiresAt - (now ?? DateTimeOffset.UtcNow);
}
