using System.Net.Http.Headers;
using System.Text.Json;
using Garm.Golden.Sockets;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Hub;

/// <summary><c>/api/v1/sessions</c> with real connections of all three transports.</summary>
public sealed class SessionsApiSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>, IAsyncLifetime
{
    private const string Filter = """{"filters":[{"entity-type":"proxy","operations":["create"],"match":{"name":"x"}}]}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The sessions of the test before end a moment after their connections.</summary>
    public Task InitializeAsync() => ListAsync(0);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task EachTransport_IsListed_WithWhatItIs()
    {
        await using var socket = await hub.Admin.OpenSocketAsync();
        await socket.SendTextAsync(Filter);
        await socket.SyncAsync(Patience);
        using var http = Client();
        using var events = await OpenAsync(http, "text/event-stream", "?cursor=now");
        using var lines = await OpenAsync(http, "application/x-ndjson", $"?filter={Uri.EscapeDataString(Filter)}");
        var list = await ListAsync(3);

        Assert.All(list, x =>
        {
            Assert.Equal("admin", x.GetProperty("user").GetString());
            Assert.Equal("127.0.0.1", x.GetProperty("address").GetString());
            Assert.Equal(Environment.MachineName, x.GetProperty("node").GetString());
            Assert.Equal("live", x.GetProperty("state").GetString());
            Assert.Equal((0, 0), (x.GetProperty("behind").GetInt32(), x.GetProperty("queued_bytes").GetInt32()));
            Assert.InRange(x.GetProperty("since").GetDateTime(), DateTime.UtcNow.AddMinutes(-2), DateTime.UtcNow);
            Assert.Matches("^[0-9a-f]{32}$", x.GetProperty("id").GetString());
        });
        Assert.Equal(Filter, Of(list, "websocket").GetProperty("filter").GetRawText());
        Assert.Equal("""{"send-everything":true}""", Of(list, "sse").GetProperty("filter").GetRawText());
        Assert.Equal(Filter, Of(list, "ndjson").GetProperty("filter").GetRawText());
        Assert.DoesNotContain(hub.Admin.Token, (await hub.Admin.SendAsync("GET", "/api/v1/sessions")).Text);
    }

    [Fact]
    public async Task ASocketWithoutAFilter_WaitsForOne_AndShowsNone()
    {
        await using var socket = await hub.Admin.OpenSocketAsync();

        var session = Assert.Single(await ListAsync(1, "waiting-for-filter"));

        Assert.False(session.TryGetProperty("filter", out _));
        Assert.Equal(0, session.GetProperty("filter_bytes").GetInt32());
    }

    [Fact]
    public async Task ANewToken_IsNotShown()
    {
        await using var socket = await hub.Admin.OpenSocketAsync();
        await socket.SendTextAsync($$"""{"send-everything":true,"cursor":"now","token":"{{hub.Admin.Token}}"}""");
        await socket.SyncAsync(Patience);

        var answer = await hub.Admin.SendAsync("GET", "/api/v1/sessions");

        Assert.Contains("\"send-everything\"", answer.Text);
        Assert.DoesNotContain(hub.Admin.Token, answer.Text);
    }

    [Fact]
    public async Task EndingASocket_ClosesIt_WithTheReason_AndNoOther()
    {
        await using var other = await hub.Admin.WatchEverythingAsync();
        var kept = Assert.Single(await ListAsync(1)).GetProperty("id").GetString();
        await using var socket = await hub.Admin.WatchEverythingAsync();
        var id = (await ListAsync(2)).Select(x => x.GetProperty("id").GetString()).Single(x => x != kept);

        Assert.Equal((204, ""), await DeleteAsync(id!));

        var close = await socket.CloseFrameAsync();
        Assert.Equal(((ushort)1008, "ended-by-administrator"), (close.Code, close.Text));
        Assert.Equal(kept, Assert.Single(await ListAsync(1)).GetProperty("id").GetString());
        await other.SyncAsync(Patience);
        var again = await DeleteAsync(id!);
        Assert.Equal(404, again.Status);
        Assert.Equal("Not Found", JsonSerializer.Deserialize<JsonElement>(again.Text).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("text/event-stream", "event: control")]
    [InlineData("application/x-ndjson", "session-ended")]
    public async Task EndingAStream_TellsWhy_AndEndsIt(string accept, string mark)
    {
        using var http = Client();
        using var stream = await OpenAsync(http, accept, "?cursor=now");
        var id = Assert.Single(await ListAsync(1)).GetProperty("id").GetString();

        Assert.Equal(204, (await DeleteAsync(id!)).Status);

        var text = await stream.Content.ReadAsStringAsync().WaitAsync(Patience);
        Assert.Contains(mark, text);
        Assert.Matches("\"control\":\"error\",\"code\":\"session-ended\",\"message\":\"[^\"]+\",\"cursor\":\"[^\"]+\"\\}\\s*$", text);
    }

    [Theory]
    [InlineData("00112233445566778899aabbccddeeff")]
    [InlineData("nonsense")]
    public async Task AnUnknownSession_IsNotFound(string id)
    {
        var (status, text) = await DeleteAsync(id);

        Assert.Equal(404, status);
        Assert.Contains($"there is no session \\\"{id}\\\"", text);
    }

    [Fact]
    public async Task OnlyAdministrators_MayLook_AndEnd()
    {
        await hub.Admin.SendAsync(
            "POST", "/api/v1/users", new { username = "plain", email = "plain@example.com", password = HubClient.Password, is_admin = false });
        using var plain = await HubClient.LoginAsync(hub.Host.BaseUrl, "plain");
        using var nobody = new HubClient(hub.Host.BaseUrl, null);
        await using var socket = await hub.Admin.WatchEverythingAsync();
        var id = Assert.Single(await ListAsync(1)).GetProperty("id").GetString();

        foreach (var who in (HubClient[])[plain, nobody])
        {
            Assert.Equal(401, (await who.SendAsync("GET", "/api/v1/sessions")).Status);
            Assert.Equal(401, (await who.SendAsync("DELETE", $"/api/v1/sessions/{id}")).Status);
        }

        await socket.SyncAsync(Patience);
        Assert.Single(await ListAsync(1));
    }

    [Fact]
    public async Task EndingASession_IsLogged_WithWhoDidIt()
    {
        await using var socket = await hub.Admin.WatchEverythingAsync();
        var id = Assert.Single(await ListAsync(1)).GetProperty("id").GetString();

        await DeleteAsync(id!);

        await Retry.UntilAsync("the log tells it", () => Task.FromResult(
            hub.Host.Output.Contains($"Session {id} on the node {Environment.MachineName} was ended by admin", StringComparison.Ordinal)), Patience);
    }

    [Fact]
    public async Task WithoutSessions_TheListIsEmpty()
    {
        var answer = await hub.Admin.SendAsync("GET", "/api/v1/sessions");

        Assert.Equal((200, "[]"), (answer.Status, answer.Text.Trim()));
    }

    private static JsonElement Of(IReadOnlyList<JsonElement> list, string transport) =>
        Assert.Single(list, x => x.GetProperty("transport").GetString() == transport);

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient http, string accept, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/stream{query}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return response;
    }

    // A stream's first message is told to its session after the session is open.
    private async Task<IReadOnlyList<JsonElement>> ListAsync(int count, string state = "live")
    {
        IReadOnlyList<JsonElement> list = [];
        await Retry.UntilAsync($"{count} sessions are {state} with nothing queued", async () =>
        {
            var answer = await hub.Admin.SendAsync("GET", "/api/v1/sessions");
            Assert.Equal(200, answer.Status);
            list = [.. answer.Json.EnumerateArray()];
            return list.Count == count
                && list.All(x => x.GetProperty("state").GetString() == state && x.GetProperty("queued_bytes").GetInt32() == 0);
        }, Patience);
        return list;
    }

    private async Task<(int Status, string Text)> DeleteAsync(string id)
    {
        var answer = await hub.Admin.SendAsync("DELETE", $"/api/v1/sessions/{id}");
        return (answer.Status, answer.Text);
    }

    private HttpClient Client() => new()
    {
        BaseAddress = hub.Host.BaseUrl,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", hub.Admin.Token) },
    };
}
