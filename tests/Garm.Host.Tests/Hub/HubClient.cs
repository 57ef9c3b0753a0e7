using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Garm.Golden.Sockets;

namespace Garm.Host.Tests.Hub;

/// <summary>A user of a running hub: calls the API with a token and opens event sockets.</summary>
internal sealed class HubClient(Uri baseUrl, string? token) : IDisposable
{
    public const string Password = "Corr3ct-Horse-battery-Staple-99!";

    private readonly HttpClient _http = new()
    {
        BaseAddress = baseUrl,
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    public string Token => token ?? throw new InvalidOperationException("this client has no token");

    /// <summary>Logs in.</summary>
    public static async Task<HubClient> LoginAsync(Uri baseUrl, string username, string password = Password)
    {
        using var nobody = new HubClient(baseUrl, null);
        var answer = await nobody.SendAsync("POST", "/api/v1/auth/login", new { username, password });
        return new HubClient(baseUrl, answer.Json.GetProperty("token").GetString());
    }

    /// <summary>Calls the API; returns the answer with any status.</summary>
    public async Task<HubAnswer> SendAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        var cursor = response.Headers.TryGetValues("Garm-Cursor", out var values) ? values.Single() : null;
        return new HubAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), cursor);
    }

    /// <summary>Creates a further administrator.</summary>
    public async Task<string> CreateAdminAsync(string username)
    {
        var answer = await SendAsync(
            "POST", "/api/v1/users", new { username, email = $"{username}@example.com", password = Password, is_admin = true });
        Assert.Equal(200, answer.Status);
        return answer.Json.GetProperty("id").GetString()!;
    }

    /// <summary>Opens an event socket; the handshake must succeed.</summary>
    public async Task<RawWebSocket> OpenSocketAsync()
    {
        var result = await HandshakeAsync();
        Assert.True(result.Socket is not null, $"the handshake was answered with {result.Status}");
        return result.Socket;
    }

    /// <summary>Opens an event socket for all events; it is subscribed when this returns.</summary>
    public async Task<RawWebSocket> WatchEverythingAsync()
    {
        var socket = await OpenSocketAsync();
        await socket.SendTextAsync("""{"send-everything":true}""");
        await socket.SyncAsync(TimeSpan.FromSeconds(10));
        return socket;
    }

    /// <summary>Requests an event socket.</summary>
    public Task<HandshakeResult> HandshakeAsync() => RawWebSocket.ConnectAsync(
        baseUrl, "/api/v1/ws/events", new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" });

    public void Dispose() => _http.Dispose();
}

/// <summary>An answer of the hub.</summary>
internal sealed record HubAnswer(int Status, string Text, string? Cursor)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);
}
