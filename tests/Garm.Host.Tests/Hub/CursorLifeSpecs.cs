using System.Text.Json;
using Garm.Golden.Running;
using Garm.Golden.Sockets;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Hub;

/// <summary>The life of a cursor and of a token, over real sockets: pruned, restored, renewed.</summary>
public sealed class CursorLifeSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-cursors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LongFact]
    public async Task ACursorThatRetentionHasPassed_IsRefusedWithTheEarliest_WhichIsGood()
    {
        await using var hub = new Hub(new() { ["Garm:Events:RetainCount"] = "5", ["Garm:DataDirectory"] = Path.Combine(_folder, "data") });
        var admin = await hub.StartAsync();
        var old = await CreateAsync(admin, "old");
        for (var i = 0; i < 10; i++) await CreateAsync(admin, $"p{i}");
        await Retry.UntilAsync("retention has been there", async () =>
            (await admin.SendAsync("GET", $"/api/v1/events?after={old}")).Status == 410, TimeSpan.FromSeconds(60));

        // The node's memory holds more than the log; a restarted node's does not.
        await hub.StopAsync();
        admin = await hub.StartAsync();
        await using var socket = await ResumeAsync(admin, old);
        var error = Read((await socket.EventsAsync(1))[0]);
        Assert.Equal("cursor-expired", error.GetProperty("code").GetString());
        await socket.SendTextAsync($$"""{"cursor":"{{error.GetProperty("earliest").GetString()}}"}""");

        var rest = (await socket.EventsAsync(6)).Select(Read).ToList();
        Assert.Equal(["p5", "p6", "p7", "p8", "p9"], rest.Take(5).Select(x => x.GetProperty("payload").GetProperty("name").GetString()));
        Assert.Equal("caught-up", rest[5].GetProperty("control").GetString());
    }

    [LongFact]
    public async Task ACursorOfACopyThatIsGone_IsUnknown_ThoughTheRestoredOneHasGrownPastIt()
    {
        var data = Path.Combine(_folder, "data");
        await using var hub = new Hub(new() { ["Garm:DataDirectory"] = data });
        var admin = await hub.StartAsync();
        var common = await CreateAsync(admin, "common");
        await hub.StopAsync();
        var copy = Path.Combine(_folder, "copy");
        Copy(data, copy);
        admin = await hub.StartAsync();
        var gone = await CreateAsync(admin, "gone");
        await hub.StopAsync();
        Directory.Delete(data, recursive: true);
        Copy(copy, data);
        admin = await hub.StartAsync();
        await CreateAsync(admin, "other");
        await CreateAsync(admin, "later");

        await using var lost = await ResumeAsync(admin, gone);
        Assert.Equal("cursor-unknown", Read((await lost.EventsAsync(1))[0]).GetProperty("code").GetString());
        Assert.Equal(400, (await admin.SendAsync("GET", $"/api/v1/events?after={gone}")).Status);
        await using var good = await ResumeAsync(admin, common);
        Assert.Equal(
            ["other", "later"], (await good.EventsAsync(3)).Take(2).Select(x => Read(x).GetProperty("payload").GetProperty("name").GetString()));
    }

    [LongFact]
    public async Task ALiveSession_IsToldThatItsCursorIsUnknown_WhenTheHistoryBecomesAnother()
    {
        var data = Path.Combine(_folder, "data");
        await using var hub = new Hub(new() { ["Garm:DataDirectory"] = data });
        var admin = await hub.StartAsync();
        await using var socket = await ResumeAsync(admin, "now");
        Assert.Equal("caught-up", Read((await socket.EventsAsync(1))[0]).GetProperty("control").GetString());
        await using var plain = await admin.WatchEverythingAsync();

        // As another node does that begins the next epoch after it has seen an older copy.
        await using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(data, "garm.db")}"))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = "UPDATE change_log_head SET epoch = 'fedcba9876543210'";
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        Assert.Equal("cursor-unknown", Read((await socket.EventsAsync(1))[0]).GetProperty("code").GetString());
        await socket.SendTextAsync("""{"cursor":"now"}""");
        var place = Read((await socket.EventsAsync(1))[0]).GetProperty("cursor").GetString();
        await CreateAsync(admin, "next");
        Assert.Contains("\"next\"", (await socket.EventsAsync(1))[0], StringComparison.Ordinal);
        Assert.Contains("\"next\"", Assert.Single(await plain.EventsAsync(1)), StringComparison.Ordinal);
        Assert.Equal(200, (await admin.SendAsync("GET", $"/api/v1/events?after={place}")).Status);
    }

    [LongFact]
    public async Task ATokenThatEndsSoon_IsRenewedOnTheOpenSocket()
    {
        await using var hub = new Hub(new() { ["Garm:Jwt:TimeToLive"] = "50s" });
        var admin = await hub.StartAsync();
        await using var socket = await ResumeAsync(admin, "now");
        Assert.Equal(["caught-up", "token-expiring"], (await socket.EventsAsync(2)).Select(x => Read(x).GetProperty("control").GetString()!).Order());
        using var again = await HubClient.LoginAsync(hub.BaseUrl, "admin");

        await socket.SendTextAsync("""{"token":"garbled"}""");
        Assert.Equal("token-refused", Read((await socket.EventsAsync(1))[0]).GetProperty("code").GetString());
        await socket.SendTextAsync($$"""{"token":"{{again.Token}}"}""");

        var renewed = Read((await socket.EventsAsync(1))[0]);
        Assert.Equal("token-renewed", renewed.GetProperty("control").GetString());
        Assert.NotEqual(JsonValueKind.Undefined, renewed.GetProperty("expires-at").ValueKind);
    }

    private static async Task<RawWebSocket> ResumeAsync(HubClient client, string cursor)
    {
        var socket = await client.OpenSocketAsync();
        await socket.SendTextAsync($$"""{"filters":[{"entity-type":"proxy"}],"cursor":"{{cursor}}"}""");
        return socket;
    }

    private static async Task<string> CreateAsync(HubClient client, string name)
    {
        var answer = await client.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://p.example.com" });
        Assert.Equal(200, answer.Status);
        return answer.Cursor!;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static JsonElement Read(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    /// <summary>A hub that can be stopped and restarted on its data.</summary>
    private sealed class Hub(Dictionary<string, string?> settings) : IAsyncDisposable
    {
        private readonly List<HubClient> _clients = [];
        private InProcessHost? _host;
        private bool _isInitialised;

        public Uri BaseUrl => _host!.BaseUrl;

        public async Task<HubClient> StartAsync()
        {
            _host = await InProcessHost.StartAsync(settings);
            if (!_isInitialised) await GoldenServer.InitialiseAsync(_host.BaseUrl);
            _isInitialised = true;
            _clients.Add(await HubClient.LoginAsync(_host.BaseUrl, "admin"));
            return _clients[^1];
        }

        public async Task StopAsync() => await _host!.DisposeAsync();

        public async ValueTask DisposeAsync()
        {
            foreach (var client in _clients) client.Dispose();
            if (_host is not null) await _host.DisposeAsync();
        }
    }
}
