using System.Net.WebSockets;
using System.Text.Json;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Hub;

/// <summary>A snapshot that is being read ends with its user, and with its token, over a real socket.</summary>
public sealed class SnapshotEndSpecs(SnapshotEndSpecs.HubWithLargeSnapshot hub) : IClassFixture<SnapshotEndSpecs.HubWithLargeSnapshot>
{
    private const string Snapshot = """{"filters":[{"entity-type":"template"}],"cursor":"snapshot"}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task ARevokedUser_LosesTheSnapshotInTheMiddle()
    {
        await hub.FillAsync();
        using var admin = await HubClient.LoginAsync(hub.Host.BaseUrl, "admin");
        var id = await admin.CreateAdminAsync("reader");
        using var reader = await HubClient.LoginAsync(hub.Host.BaseUrl, "reader");
        using var socket = await BeginAsync(reader, "reader");

        Assert.Equal(200, (await admin.SendAsync("PUT", $"/api/v1/users/{id}", new { enabled = false })).Status);

        await EndsAsync(socket, "reader");
    }

    [LongFact]
    public async Task AnExpiredToken_EndsTheSnapshotInTheMiddle()
    {
        await hub.FillAsync();
        using var client = await HubClient.LoginAsync(hub.Host.BaseUrl, "admin");
        using var socket = await BeginAsync(client, "admin");

        await EndsAsync(socket, "admin");
    }

    /// <summary>Opens a snapshot and reads its first frame; the rest is more than the system's buffers and the queue hold.</summary>
    private async Task<ClientWebSocket> BeginAsync(HubClient client, string user)
    {
        var socket = await SlowSocket.OpenAsync(hub.Host.BaseUrl, client.Token, Snapshot);
        Assert.Equal("snapshot-begin", ControlOf(await NextAsync(socket)));
        await Retry.UntilAsync("the snapshot waits for its reader", async () => (await SessionsOfAsync(client, user)).Any(x =>
            x.GetProperty("state").GetString() == "snapshot" && x.GetProperty("queued_bytes").GetInt64() > 0), Patience);
        return socket;
    }

    private async Task EndsAsync(ClientWebSocket socket, string user)
    {
        await Retry.UntilAsync("the session has ended", async () =>
        {
            using var admin = await HubClient.LoginAsync(hub.Host.BaseUrl, "admin");
            return !(await SessionsOfAsync(admin, user)).Any();
        }, Patience);
        while (await NextAsync(socket) is { } frame) Assert.Equal("snapshot", frame.GetProperty("operation").GetString());

        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    /// <summary>The next frame that is no notice of the token's end; null when the hub closed the socket.</summary>
    private static async Task<JsonElement?> NextAsync(ClientWebSocket socket)
    {
        var frame = await SlowSocket.ReadAsync(socket);
        while (ControlOf(frame) == "token-expiring") frame = await SlowSocket.ReadAsync(socket);
        return frame;
    }

    private static string? ControlOf(JsonElement? frame) => frame?.TryGetProperty("control", out var control) == true ? control.GetString() : null;

    private static async Task<IEnumerable<JsonElement>> SessionsOfAsync(HubClient client, string user)
    {
        var answer = await client.SendAsync("GET", "/api/v1/sessions");
        return answer.Status == 200 ? answer.Json.EnumerateArray().Where(x => x.GetProperty("user").GetString() == user) : [];
    }

    /// <summary>A hub with 8 MB of templates, small queues, and tokens that are valid for twenty seconds.</summary>
    public sealed class HubWithLargeSnapshot : InitialisedHub
    {
        private bool _isFilled;

        protected override Dictionary<string, string?> Settings => new()
        {
            ["Garm:Events:SessionQueueBytes"] = "65536",
            ["Garm:Jwt:TimeToLive"] = "20s",
        };

        internal async Task FillAsync()
        {
            if (_isFilled) return;
            using var admin = await HubClient.LoginAsync(Host.BaseUrl, "admin");
            for (var i = 0; i < 100; i++) await SlowSocket.CreateLargeTemplateAsync(admin);
            _isFilled = true;
        }
    }
}
