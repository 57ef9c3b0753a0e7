using System.Text.Json;
using Garm.Golden.Running;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Fronts;

/// <summary>The events of a server behind the hub, read at the server's host with the server's tokens.</summary>
public sealed class FrontEventsSpecs(FrontedSource shared) : IClassFixture<FrontedSource>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FrontedHub _front = shared.Front;
    private readonly HubClient _direct = shared.Direct;
    private readonly HubClient _client = shared.Client;

    [Fact]
    public async Task Events_AreThoseOfTheServerAlone_ByteForByteAsTheServerSendsThem()
    {
        await using var there = await _direct.WatchEverythingAsync();
        await using var here = await _client.WatchEverythingAsync();
        await using var another = await OpenAsync(_client, """{"send-everything":true,"source":""}""");
        await MakeProxyAsync(_front.Admin, "of-the-hub");
        var id = await MakeProxyAsync(_client, "of-the-server");
        await _client.SendAsync("PUT", $"/api/v1/proxies/{id}", new { description = "changed" });
        await _client.SendAsync("DELETE", $"/api/v1/proxies/{id}");
        await MakeProxyAsync(_front.Admin, "of-the-hub-too");
        await _client.MakePoolAsync("later");

        // What was made before, as the pool's event is the last.
        var sent = await UntilPoolAsync(there);
        var got = await UntilPoolAsync(here);

        Assert.Equal(sent, got);
        await another.SyncAsync(Patience);
        Assert.Empty(await another.TakeAsync(_ => true, TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task History_Snapshot_AndCursors_AreOfTheServerAlone()
    {
        await MakeProxyAsync(_front.Admin, "history-of-the-hub");
        await using var live = await OpenAsync(_client, """{"filters":[{"entity-type":"proxy"}],"cursor":"now","heartbeat-seconds":0}""");
        Assert.Contains("caught-up", Assert.Single(await live.EventsAsync(1)), StringComparison.Ordinal);
        await MakeProxyAsync(_client, "history-of-the-server");
        var frame = Read(Assert.Single(await live.EventsAsync(1)));
        await using var snapshot = await OpenAsync(_client, """{"filters":[{"entity-type":"proxy"}],"cursor":"snapshot","heartbeat-seconds":0}""");

        Assert.Equal(["entity-type", "operation", "source"], frame.EnumerateObject().Select(x => x.Name).Take(3));
        Assert.Equal("""{"control":"snapshot-begin"}""", (await snapshot.EventsAsync(4))[0]);
        foreach (var filter in new[] { "", """{"send-everything":true}""", """{"filters":[{"entity-type":"proxy"}]}""" })
        {
            var query = filter.Length == 0 ? "" : $"?filter={Uri.EscapeDataString(filter)}";
            var events = (await _client.SendAsync("GET", $"/api/v1/events{query}")).Json.GetProperty("events").EnumerateArray().ToList();
            var rows = (await _client.SendAsync("GET", $"/api/v1/snapshot{query}")).Json.GetProperty("entities").EnumerateArray().ToList();
            Assert.All(events.Concat(rows), x => Assert.Equal("east", x.GetProperty("source").GetString()));
            Assert.Contains(events, x => NameOf(x) == "history-of-the-server");
            Assert.Contains(rows, x => NameOf(x) == "history-of-the-server");
        }

        var other = Uri.EscapeDataString("""{"send-everything":true,"source":""}""");
        Assert.Empty((await _client.SendAsync("GET", $"/api/v1/snapshot?filter={other}")).Json.GetProperty("entities").EnumerateArray());
        Assert.Empty((await _client.SendAsync("GET", $"/api/v1/events?filter={other}")).Json.GetProperty("events").EnumerateArray());
    }

    [Fact]
    public async Task TokensAreTheServers_AndRefusedAsTheServerRefusesThem()
    {
        using var hubs = new HubClient(_front.Front, _front.Admin.Token);
        using var nobody = new HubClient(_front.Front, null);
        using var nobodyThere = new HubClient(shared.Source.BaseUrl, null);
        await _direct.SendAsync("POST", "/api/v1/users", new { username = "plain", email = "p@example.com", password = HubClient.Password });
        using var plain = await HubClient.LoginAsync(_front.Front, "plain");
        using var plainThere = new HubClient(shared.Source.BaseUrl, plain.Token);
        using var hubsThere = new HubClient(shared.Source.BaseUrl, _front.Admin.Token);

        foreach (var (here, there) in new[] { (hubs, hubsThere), (nobody, nobodyThere), (plain, plainThere) })
        {
            var (answer, wanted) = (await here.HandshakeAsync(), await there.HandshakeAsync());
            Assert.Equal((wanted.Status, wanted.Body), (answer.Status, answer.Body));
            Assert.Equal(wanted.Headers["content-type"], answer.Headers["content-type"]);
            Assert.Equal(401, (await here.SendAsync("GET", "/api/v1/events")).Status);
            Assert.Equal(401, (await here.SendAsync("GET", "/api/v1/events/stream")).Status);
            Assert.Equal(401, (await here.SendAsync("GET", "/api/v1/snapshot")).Status);
        }
    }

    [Fact]
    public async Task ASession_TakesALaterTokenOfItsUser_FromTheServer()
    {
        await using var socket = await OpenAsync(_client, """{"send-everything":true,"cursor":"now","heartbeat-seconds":0}""");
        await socket.EventsAsync(1);
        using var again = await HubClient.LoginAsync(_front.Front, "admin");
        await _direct.CreateAdminAsync("other");
        using var other = await HubClient.LoginAsync(_front.Front, "other");

        await socket.SendTextAsync($$"""{"token":"{{again.Token}}"}""");
        await SeenAsync(socket, "token-renewed");
        await socket.SendTextAsync($$"""{"token":"{{other.Token}}"}""");
        await SeenAsync(socket, "token-refused");
        await socket.SendTextAsync($$"""{"token":"{{_front.Admin.Token}}"}""");
        await SeenAsync(socket, "token-refused");
    }

    [LongFact]
    public async Task ATokensEnd_EndsItsSession()
    {
        await using var source = await InProcessHost.StartAsync(new Dictionary<string, string?> { ["Garm:Jwt:TimeToLive"] = "00:00:06" });
        await using var front = await FrontedHub.StartAsync(source.BaseUrl);
        var server = await GoldenServer.InitialiseAsync(front.Front);
        using var client = new HubClient(front.Front, server.Token);
        await using var socket = await client.WatchEverythingAsync();

        Assert.Equal(1000, (int?)(await socket.CloseFrameAsync()).Code);
    }

    [LongFact]
    public async Task AUserWhomTheServerRefuses_LosesTheSocket_Within30Seconds()
    {
        var id = await _direct.CreateAdminAsync("reader");
        using var reader = await HubClient.LoginAsync(_front.Front, "reader");
        await using var socket = await reader.WatchEverythingAsync();
        await using var stays = await _client.WatchEverythingAsync();
        Assert.Equal(200, (await _direct.SendAsync("PUT", $"/api/v1/users/{id}", new { enabled = false })).Status);

        var frames = await socket.TakeAsync(x => x.Any(f => f.Kind == FrameKind.Eof), TimeSpan.FromSeconds(30), TimeSpan.Zero);

        Assert.Equal(1000, (int?)Assert.Single(frames, x => x.Kind == FrameKind.Close).Code);
        Assert.Equal(401, (await reader.SendAsync("GET", "/api/v1/events")).Status);
        await stays.SyncAsync(Patience);
    }

    [LongFact]
    public async Task WhileTheServerIsDown_EventsGoOnFromTheLog_AndTheRestIs502()
    {
        const string proxies = """{"filters":[{"entity-type":"proxy"}],"cursor":"earliest","heartbeat-seconds":1}""";
        var own = new FrontedSource { SourceNeedsProcess = true };
        try
        {
            await own.InitializeAsync();
            await using var open = await OpenAsync(own.Client, proxies);
            await MakeProxyAsync(own.Client, "before");
            await SeenAsync(open, "before");
            using var never = await HubClient.LoginAsync(own.Front.Front, "admin"); // A token that the hub has not asked about yet.
            await ((RunningHost)own.Source).KillAsync();

            var rest = await own.Client.SendAsync("GET", "/api/v1/proxies");
            Assert.Equal(502, rest.Status);
            Assert.Contains("does not answer", rest.Text, StringComparison.Ordinal);
            await SeenAsync(open, "\"heartbeat\"");
            await using var again = await OpenAsync(own.Client, proxies);
            await SeenAsync(again, "before");
            Assert.Contains("before", (await own.Client.SendAsync("GET", "/api/v1/events?limit=1000")).Text, StringComparison.Ordinal);
            Assert.Equal(502, (await never.HandshakeAsync()).Status);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private static async Task<RawWebSocket> OpenAsync(HubClient client, string message)
    {
        var socket = await client.OpenSocketAsync();
        await socket.SendTextAsync(message);
        return socket;
    }

    private static async Task SeenAsync(RawWebSocket socket, string text)
    {
        var frames = await socket.TakeAsync(x => x.Any(f => f.Text.Contains(text, StringComparison.Ordinal)), Patience, TimeSpan.Zero);
        Assert.Contains(frames, x => x.Text.Contains(text, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> UntilPoolAsync(RawWebSocket socket)
    {
        var frames = await socket.TakeAsync(
            x => x.Any(f => f.Text.StartsWith("{\"entity-type\":\"pool\"", StringComparison.Ordinal)), Patience, TimeSpan.Zero);
        return [.. frames.Where(x => x.Kind == FrameKind.Text).Select(x => x.Text)];
    }

    private static async Task<string> MakeProxyAsync(HubClient admin, string name)
    {
        var answer = await admin.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://p.example.com" });
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("id").ToString();
    }

    private static JsonElement Read(string frame) => JsonSerializer.Deserialize<JsonElement>(frame);

    private static string? NameOf(JsonElement x) =>
        x.GetProperty("payload").TryGetProperty("name", out var name) ? name.GetString() : null;
}
