using System.Net.Http.Headers;
using System.Text.Json;
using Garm.Golden.Sockets;

namespace Garm.Host.Tests.Hub;

/// <summary>Snapshots, what leaves and enters a filter, and streams, over real connections to a running hub.</summary>
public sealed class SnapshotSpecs : IAsyncLifetime
{
    private readonly InitialisedHub _hub = new();

    public Task InitializeAsync() => _hub.InitializeAsync();

    public Task DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task ASnapshot_HasEachEntityOnce_AsTheApiShowsIt_AndGoesOnLive()
    {
        foreach (var name in (string[])["a", "b", "c"]) await CreateAsync(name);
        await using var socket = await OpenAsync("""{"filters":[{"entity-type":"proxy"}],"cursor":"snapshot","heartbeat-seconds":0}""");
        var frames = (await socket.EventsAsync(6)).Select(Read).ToList();
        await CreateAsync("live");
        var live = Read(Assert.Single(await socket.EventsAsync(1)));

        Assert.Equal("""{"control":"snapshot-begin"}""", frames[0].GetRawText());
        Assert.Equal(["snapshot", "snapshot", "snapshot"], frames[1..4].Select(x => x.GetProperty("operation").GetString()));
        var listed = (await _hub.Admin.SendAsync("GET", "/api/v1/proxies")).Json.EnumerateArray().Take(3);
        Assert.Equal(listed.Select(x => x.GetRawText()), frames[1..4].Select(x => x.GetProperty("payload").GetRawText()));
        Assert.Equal(("snapshot-end", 3), (frames[4].GetProperty("control").GetString(), frames[4].GetProperty("count").GetInt32()));
        Assert.Equal("caught-up", frames[5].GetProperty("control").GetString());
        Assert.Equal(("create", "live"), (live.GetProperty("operation").GetString(), NameOf(live)));
    }

    [Fact]
    public async Task AnEntity_IsSaidToEnterAndLeaveAFilter_Live_InTheHistory_AndNotToPlainClients()
    {
        var start = (await CreateAsync("other")).Cursor;
        const string filter = """{"filters":[{"entity-type":"proxy","match":{"http_proxy":"http://match.example.com"}}]""";
        await using var socket = await OpenAsync(filter + ""","cursor":"now","heartbeat-seconds":0}""");
        Assert.Equal("caught-up", Read((await socket.EventsAsync(1))[0]).GetProperty("control").GetString());
        await using var plain = await OpenAsync(filter + "}");
        await plain.SyncAsync(TimeSpan.FromSeconds(10));
        var id = (await CreateAsync("moving")).Id;
        await MoveAsync(id, "http://match.example.com");
        await MoveAsync(id, "http://match.example.com", "still");
        await MoveAsync(id, "http://elsewhere.example.com");
        await MoveAsync(id, "http://elsewhere.example.com", "not told");

        var live = (await socket.EventsAsync(3)).Select(Read).Select(Moves).ToList();
        var page = await _hub.Admin.SendAsync("GET", $"/api/v1/events?after={start}&filter={Uri.EscapeDataString(filter + "}")}");
        string[] wanted = ["update entered", "update", "update left"];
        Assert.Equal(wanted, live);
        Assert.Equal(wanted, page.Json.GetProperty("events").EnumerateArray().Select(Moves));
        Assert.All(await plain.EventsAsync(3), x => Assert.DoesNotContain("entered\":", x.Replace("left\":", "entered\":")));
    }

    [Fact]
    public async Task ACursorThatMeansNothing_BeginsASnapshot_ForWhoAsksForThat()
    {
        await CreateAsync("a");
        await using var socket = await OpenAsync(
            """{"filters":[{"entity-type":"proxy"}],"cursor":"nonsense","on-expired":"snapshot","heartbeat-seconds":0}""");
        var frames = (await socket.EventsAsync(4)).Select(Read).ToList();

        Assert.Equal(("snapshot-begin", "cursor-unknown"), (frames[0].GetProperty("control").GetString(), frames[0].GetProperty("reason").GetString()));
        Assert.Equal("a", NameOf(frames[1]));
    }

    [Fact]
    public async Task SnapshotPages_HaveOneCursor_FromWhichTheHistoryGoesOn()
    {
        for (var i = 0; i < 5; i++) await CreateAsync($"p{i}");
        var filter = Uri.EscapeDataString("""{"filters":[{"entity-type":"proxy"}]}""");
        var (names, cursors, after) = (new List<string?>(), new HashSet<string?>(), "");
        do
        {
            var page = (await _hub.Admin.SendAsync("GET", $"/api/v1/snapshot?limit=2&filter={filter}&after={after}")).Json;
            names.AddRange(page.GetProperty("entities").EnumerateArray().Select(NameOf));
            cursors.Add(page.GetProperty("cursor").GetString());
            after = page.GetProperty("after").GetString();
            Assert.Equal(after != "", page.GetProperty("more").GetBoolean());
            if (names.Count == 2) await CreateAsync("later");
        }
        while (after != "");

        var rest = (await _hub.Admin.SendAsync("GET", $"/api/v1/events?filter={filter}&after={Assert.Single(cursors)}")).Json;
        Assert.Equal(["p0", "p1", "p2", "p3", "p4"], names);
        Assert.Equal(["later"], rest.GetProperty("events").EnumerateArray().Select(NameOf));
        var refused = await _hub.Admin.SendAsync("GET", "/api/v1/snapshot?after=nonsense!");
        Assert.Equal(400, refused.Status);
        Assert.Contains("it is not base64url; accepted is", refused.Json.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerSentEvents_HaveCursorsAsIds_AndGoOnAfterTheLastOne()
    {
        using var first = await StreamAsync("cursor=snapshot", "text/event-stream");
        Assert.Equal("no", first.Response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal(["retry: 2000", ""], await first.LinesAsync(2));
        Assert.Equal(["event: control", """data: {"control":"snapshot-begin"}""", ""], await first.LinesAsync(3));
        var end = await first.LinesAsync(8);
        await CreateAsync("seen");
        var (seen, id) = Event(await first.LinesAsync(3));
        first.Dispose();
        await CreateAsync("missed");

        using var second = await StreamAsync("cursor=now", "text/event-stream", id);
        await second.LinesAsync(2);
        var (missed, _) = Event(await second.LinesAsync(3));
        Assert.Contains("""data: {"control":"snapshot-end",""", string.Concat(end), StringComparison.Ordinal);
        Assert.StartsWith("id: ", end[0], StringComparison.Ordinal);
        Assert.Equal("seen", NameOf(seen));
        Assert.Equal("missed", NameOf(missed));
    }

    [Fact]
    public async Task Lines_AreAFrameEach_AndTheStreamEndsWithItsUser()
    {
        var id = await _hub.Admin.CreateAdminAsync("reader");
        using var reader = await HubClient.LoginAsync(_hub.Host.BaseUrl, "reader");
        using var stream = await StreamAsync("cursor=now&heartbeat-seconds=1", "application/x-ndjson", token: reader.Token);
        Assert.StartsWith("""{"control":"caught-up",""", (await stream.LinesAsync(1))[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"control":"heartbeat",""", (await stream.LinesAsync(1))[0], StringComparison.Ordinal);
        Assert.Equal(200, (await _hub.Admin.SendAsync("PUT", $"/api/v1/users/{id}", new { enabled = false })).Status);

        Assert.Null(await stream.EndAsync());
    }

    private static (JsonElement Frame, string Id) Event(IReadOnlyList<string> lines)
    {
        Assert.StartsWith("id: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("data: ", lines[1], StringComparison.Ordinal);
        return (Read(lines[1][6..]), lines[0][4..]);
    }

    private async Task<RawWebSocket> OpenAsync(string message)
    {
        var socket = await _hub.Admin.OpenSocketAsync();
        await socket.SendTextAsync(message);
        return socket;
    }

    private async Task<(string Id, string Cursor)> CreateAsync(string name)
    {
        var made = await _hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://p.example.com" });
        Assert.Equal(200, made.Status);
        return (made.Json.GetProperty("id").ToString(), made.Cursor!);
    }

    private async Task MoveAsync(string id, string proxy, string description = "") =>
        Assert.Equal(200, (await _hub.Admin.SendAsync("PUT", $"/api/v1/proxies/{id}", new { http_proxy = proxy, description })).Status);

    private async Task<OpenStream> StreamAsync(string query, string accept, string? lastEvent = null, string? token = null)
    {
        var filter = Uri.EscapeDataString("""{"filters":[{"entity-type":"proxy"}]}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_hub.Host.BaseUrl, $"/api/v1/events/stream?{query}&filter={filter}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _hub.Admin.Token);
        request.Headers.Accept.ParseAdd(accept);
        if (lastEvent is not null) request.Headers.Add("Last-Event-ID", lastEvent);
        var http = new HttpClient();
        return new OpenStream(http, await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    private static string Moves(JsonElement frame) =>
        $"{frame.GetProperty("operation").GetString()}{(frame.TryGetProperty("entered", out _) ? " entered" : "")}{(frame.TryGetProperty("left", out _) ? " left" : "")}";

    private static JsonElement Read(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static string? NameOf(JsonElement frame) => frame.GetProperty("payload").GetProperty("name").GetString();

    private sealed class OpenStream(HttpClient http, HttpResponseMessage response) : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private StreamReader? _reader;

        public HttpResponseMessage Response => response;

        public async Task<IReadOnlyList<string>> LinesAsync(int count)
        {
            var lines = new List<string>();
            while (lines.Count < count) lines.Add(await NextAsync() ?? throw new EndOfStreamException($"after {string.Join('|', lines)}"));
            return lines;
        }

        public async Task<string?> EndAsync()
        {
            while (await NextAsync() is { } line) Assert.StartsWith("{\"control\"", line, StringComparison.Ordinal);
            return null;
        }

        public void Dispose()
        {
            _reader?.Dispose();
            response.Dispose();
            http.Dispose();
        }

        private async Task<string?> NextAsync()
        {
            _reader ??= new StreamReader(await response.Content.ReadAsStreamAsync());
            return await _reader.ReadLineAsync().WaitAsync(Patience);
        }
    }
}
