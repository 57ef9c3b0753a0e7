using System.Text.Json;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Compatibility;

/// <summary><c>/ws/metrics</c>, from which <c>garm-cli top</c> draws entities, pools and scale sets.</summary>
public sealed class SnapshotSocketSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task TheFirstSnapshot_ComesAtOnce_AndCountsRunners()
    {
        var pool = await PoolWithRunnersAsync("snapshot", 2);

        await using var socket = await OpenAsync(hub.Admin.Token);
        var snapshot = await NextAsync(socket);

        var entity = snapshot.GetProperty("entities").EnumerateArray().Single(x => x.GetProperty("name").GetString() == "o/snapshot");
        Assert.Equal("repository", entity.GetProperty("type").GetString());
        Assert.Equal("github.com", entity.GetProperty("endpoint").GetString());
        Assert.Equal(1, entity.GetProperty("pool_count").GetInt32());
        Assert.Equal(0, entity.GetProperty("scale_set_count").GetInt32());
        var shown = snapshot.GetProperty("pools").EnumerateArray().Single(x => x.GetProperty("id").GetString() == pool);
        Assert.Equal("o/snapshot", shown.GetProperty("repo_name").GetString());
        Assert.Equal("""{"pending_create":2}""", shown.GetProperty("runner_counts").GetRawText());
        Assert.Equal("""{"pending":2}""", shown.GetProperty("runner_status_counts").GetRawText());
        Assert.Equal(JsonValueKind.Array, snapshot.GetProperty("scale_sets").ValueKind);
    }

    /// <summary>In events it is <c>forge_instance</c>; GARM's <c>top</c> and web page expect <c>instance</c> here.</summary>
    [Fact]
    public async Task AForgeInstance_IsAnInstance()
    {
        await hub.Admin.SendAsync("POST", "/api/v1/gitea/endpoints", new
        {
            name = "tea",
            api_base_url = "https://tea.example.com",
            base_url = "https://tea.example.com",
        });
        await hub.Admin.SendAsync(
            "POST", "/api/v1/gitea/credentials", new { name = "tea", endpoint = "tea", auth_type = "pat", pat = new { oauth2_token = "t" } });
        var made = await hub.Admin.SendAsync(
            "POST", "/api/v1/forge-instances", new { credentials_name = "tea", endpoint_name = "tea", forge_type = "gitea", webhook_secret = "s" });
        Assert.True(made.Status == 200, made.Text);

        await using var socket = await OpenAsync(hub.Admin.Token);
        var entity = (await NextAsync(socket)).GetProperty("entities").EnumerateArray()
            .Single(x => x.GetProperty("id").GetString() == made.Json.GetProperty("id").GetString());

        Assert.Equal(("instance", "tea"), (entity.GetProperty("type").GetString(), entity.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task FurtherSnapshots_ShowWhatChanged()
    {
        await using var socket = await OpenAsync(hub.Admin.Token);
        await NextAsync(socket);

        var pool = await PoolWithRunnersAsync("later", 1);

        var snapshot = await NextAsync(socket);
        Assert.Contains(snapshot.GetProperty("pools").EnumerateArray(), x => x.GetProperty("id").GetString() == pool);
    }

    [Fact]
    public async Task ASocket_IsClosed_WhenItsUserIsRevoked()
    {
        var id = await hub.Admin.CreateAdminAsync("watcher");
        using var watcher = await HubClient.LoginAsync(hub.Host.BaseUrl, "watcher");
        await using var socket = await OpenAsync(watcher.Token);
        await NextAsync(socket);

        Assert.Equal(200, (await hub.Admin.SendAsync("PUT", $"/api/v1/users/{id}", new { enabled = false })).Status);

        var frames = await socket.TakeAsync(x => x.Any(frame => frame.Kind == FrameKind.Close), Timeout, TimeSpan.Zero);
        Assert.Contains(frames, x => x.Kind == FrameKind.Close && x.Code == 1000);
    }

    [Fact]
    public async Task WithoutAToken_ThereIsNoSocket()
    {
        var result = await RawWebSocket.ConnectAsync(hub.Host.BaseUrl, "/api/v1/ws/metrics", new Dictionary<string, string>());

        Assert.Equal(401, result.Status);
    }

    private static async Task<JsonElement> NextAsync(RawWebSocket socket)
    {
        var frames = await socket.TakeAsync(x => x.Any(frame => frame.Kind is FrameKind.Text or FrameKind.Eof), Timeout, TimeSpan.Zero);
        return JsonSerializer.Deserialize<JsonElement>(Assert.Single(frames, x => x.Kind == FrameKind.Text).Text);
    }

    private async Task<RawWebSocket> OpenAsync(string token)
    {
        var result = await RawWebSocket.ConnectAsync(
            hub.Host.BaseUrl, "/api/v1/ws/metrics", new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" });
        return result.Socket ?? throw new InvalidOperationException($"the handshake was answered with {result.Status}: {result.Body}");
    }

    private async Task<string> PoolWithRunnersAsync(string name, int runners)
    {
        var pool = await hub.Admin.MakePoolAsync(name);
        for (var i = 0; i < runners; i++)
            Assert.Equal(200, (await hub.Admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { })).Status);
        return pool;
    }
}
