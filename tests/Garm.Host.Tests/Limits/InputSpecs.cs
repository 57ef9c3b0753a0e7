using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Limits;

/// <summary>Input that is invalid text, too deep, too long or too large: refused with its name, equally on each engine, without a server error.</summary>
public abstract class InputSpecs(Func<InitialisedHub> hubOf)
{
    private static int _names;

    private InitialisedHub Hub => hubOf();

    [SkippableTheory]
    [InlineData("POST", "/api/v1/auth/login", """{"username":"a\u0000","password":"x"}""", "username holds a NUL")]
    [InlineData("POST", "/api/v1/auth/login", """{"username":"\ud800","password":"x"}""", "username holds one half")]
    [InlineData("POST", "/api/v1/github/endpoints", """{"name":"a\u0000"}""", "name holds a NUL")]
    [InlineData("POST", "/api/v1/repositories", """{"credentials_name":"a\u0000","owner":"o","name":"n","webhook_secret":"s"}""", "credentials_name holds a NUL")]
    [InlineData("PUT", "/api/v1/pools/00000000-0000-0000-0000-000000000001", """{"extra_specs":{"a":"\ud800"}}""", "extra_specs")]
    [InlineData("PUT", "/api/v1/pools/00000000-0000-0000-0000-000000000001", "{\"extra_specs\":\"\u00ff\"}", "UTF-8")]
    [InlineData("GET", "/api/v1/events?filter=%7B%22x%22%3A%22%5Cud800%22%7D", null, "surrogate")]
    [InlineData("GET", "/api/v1/events?after=%00", null, "NUL")]
    [InlineData("GET", "/api/v1/templates?partialName=%ff", null, "UTF-8")]
    [InlineData("GET", "/api/v1/objects?tags=a%00", null, "NUL")]
    public async Task WhatIsNoText_IsRefused_ByName(string method, string path, string? body, string named)
    {
        var (status, text) = await SendAsync(method, path, body is null ? null : Encoding.Latin1.GetBytes(body));

        Assert.Equal(400, status);
        Assert.Contains(named, text, StringComparison.Ordinal);
        AssertNothingFailed();
    }

    [SkippableTheory]
    [InlineData("""{"action":"queued","workflow_job":{"id":1,"html_url":"https://github.com/a/b/actions/runs/1/job/1","labels":["x"]},"repository":{"name":"a\u0000","owner":{"login":"a"}}}""", 400, "repository.name holds a NUL")]
    [InlineData("""{"action":"queued","workflow_job":{"id":1,"html_url":"https://github.com/a/b\ud800","labels":["x"]}}""", 400, "workflow_job.html_url holds one half")]
    [InlineData("""{"action":"queued","unread":"\u0000\ud800","workflow_job":{"id":1,"html_url":"https://github.com/a/b/actions/runs/1/job/1","labels":["x"]}}""", 200, "")]
    [InlineData("not json", 400, "not JSON (line 1, byte ")]
    [InlineData("""{"action":"queued"} {}""", 400, "not JSON")]
    public async Task ADelivery_IsRefused_ForWhatIsReadOfIt(string body, int expected, string named)
    {
        var (status, text) = await SendAsync("POST", "/webhooks", Encoding.Latin1.GetBytes(body));

        Assert.Equal(expected, status);
        Assert.Contains(named, text, StringComparison.Ordinal);
        AssertNothingFailed();
    }

    [SkippableTheory]
    [InlineData("{\"filters\":[{\"entity-type\":\"\\ud800\"}]}")]
    [InlineData("{\"send-everything\":true,\"x\":\"\\u0000\"}")]
    public async Task AMessage_ThatIsNoText_GetsGarmsWords_AndNoInternalError(string message)
    {
        await using var socket = await Hub.Admin.OpenSocketAsync();
        await socket.SendTextAsync(message);

        var frames = await socket.TakeAsync(x => x.Any(f => f.Kind == FrameKind.Close), TimeSpan.FromSeconds(30), TimeSpan.Zero);

        Assert.Equal("failed to unmarshal filter", frames[0].Text);
        Assert.True(frames[1].Code is 1000, $"it was closed with {frames[1].Code}");
    }

    [SkippableTheory]
    [InlineData('{', "{{ if .X }}")]
    [InlineData('(', "{{ ")]
    public async Task ATemplate_IsKeptAsItIs_HoweverDeepItIsNested(char bracket, string start)
    {
        var text = start + new string(bracket, 16_000);
        var made = await Hub.Admin.SendAsync("POST", "/api/v1/templates", new { name = Name(), data = "YQ==", os_type = "linux", forge_type = "github" });
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

        var changed = await Hub.Admin.SendAsync("PUT", $"/api/v1/templates/{made.Json.GetProperty("id")}", new { data });

        Assert.Equal(200, changed.Status);
        Assert.Equal(data, changed.Json.GetProperty("data").GetString());
    }

    [SkippableTheory]
    [InlineData(72, 200)]
    [InlineData(73, 400)]
    public async Task APassword_IsTakenWhole_OrRefused(int bytes, int expected)
    {
        // Two bytes for the last character, so that bytes are counted and not characters.
        var password = ("Corr3ct-Horse-battery-Staple-99!" + new string('x', 100))[..(bytes - 2)] + "\u00e9";
        var name = Name();
        var user = new { username = name, email = $"{name}@example.com", password, is_admin = true };

        var made = await Hub.Admin.SendAsync("POST", "/api/v1/users", user);

        Assert.Equal(expected, made.Status);
        if (expected == 200)
        {
            using var client = await HubClient.LoginAsync(Hub.Host.BaseUrl, name, password);
            var longer = await Hub.Admin.SendAsync("POST", "/api/v1/auth/login", new { username = name, password = password + "x" });
            Assert.Equal(401, longer.Status);
            var changed = await Hub.Admin.SendAsync("PUT", $"/api/v1/users/{made.Json.GetProperty("id").GetString()}", new { password = password + "x" });
            Assert.Equal(400, changed.Status);
        }
        else
        {
            Assert.Contains("at most 72 bytes", made.Text, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task ExtraSpecsAndTimeouts_AreTakenOnly_AsFarAsTheyCanBeUsed()
    {
        var pool = await MakePoolAsync();
        var path = $"/api/v1/pools/{pool}";
        var deep = (int levels) => JsonSerializer.Deserialize<JsonElement>(new string('[', levels) + new string(']', levels));

        await using var socket = await Hub.Admin.WatchEverythingAsync();
        Assert.Equal(200, (await Hub.Admin.SendAsync("PUT", path, new { extra_specs = deep(50) })).Status);
        var frames = await socket.TakeAsync(x => x.Count > 0, TimeSpan.FromSeconds(30), TimeSpan.Zero);
        JsonDocument.Parse(frames[0].Text).Dispose();
        JsonDocument.Parse((await Hub.Admin.SendAsync("GET", "/api/v1/events?limit=1000")).Text).Dispose();
        Assert.Contains("at most 50 levels", (await Hub.Admin.SendAsync("PUT", path, new { extra_specs = deep(51) })).Text, StringComparison.Ordinal);

        Assert.Contains(
            "at most 5256000 minutes", (await Hub.Admin.SendAsync("PUT", path, new { runner_bootstrap_timeout = uint.MaxValue })).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await Hub.Admin.SendAsync("PUT", path, new { runner_bootstrap_timeout = 5_256_000 })).Status);
        var runner = Name();
        Assert.Equal(200, (await Hub.Admin.SendAsync("POST", $"{path}/instances", new { name = runner })).Status);
        Assert.Equal(200, (await Hub.Admin.SendAsync("POST", $"/api/v1/instances/{runner}/token")).Status);
        AssertNothingFailed();
    }

    private static string Name() => $"input{Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture)}";

    private async Task<string> MakePoolAsync()
    {
        var name = Name();
        await Hub.Admin.SendAsync("POST", "/api/v1/github/credentials", new { name, endpoint = "github.com", auth_type = "pat", pat = new { oauth2_token = "ghp_x" } });
        var owner = await Hub.Admin.SendAsync("POST", "/api/v1/repositories", new { owner = name, name, credentials_name = name, webhook_secret = "s" });
        var pool = await Hub.Admin.SendAsync("POST", $"/api/v1/repositories/{owner.Json.GetProperty("id").GetString()}/pools", new
        {
            provider_name = "fake",
            max_runners = 5,
            image = "i",
            flavor = "f",
            os_type = "linux",
            os_arch = "amd64",
            tags = new[] { "t" },
            enabled = true,
        });
        return pool.Json.GetProperty("id").GetString()!;
    }

    private void AssertNothingFailed() => Assert.DoesNotContain("fail: ", Hub.Host.Output, StringComparison.Ordinal);

    private async Task<(int Status, string Text)> SendAsync(string method, string path, byte[]? body)
    {
        using var http = new HttpClient { BaseAddress = Hub.Host.BaseUrl };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new ByteArrayContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Hub.Admin.Token);
        request.Headers.Add("X-Github-Event", "workflow_job");
        request.Headers.Add("X-Github-Hook-Installation-Target-Type", "repository");
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

/// <summary>On SQLite.</summary>
public sealed class InputOnSqlite(InitialisedHub hub) : InputSpecs(() => hub), IClassFixture<InitialisedHub>;

/// <summary>On PostgreSQL, which refuses NUL characters itself.</summary>
public sealed class InputOnPostgreSql(HubOnPostgreSql hub) : InputSpecs(() => hub.Hub), IClassFixture<HubOnPostgreSql>;

/// <summary>A hub on its own database.</summary>
public sealed class HubOnPostgreSql : IAsyncLifetime
{
    private PostgreSqlDatabase? _database;
    private Configured? _hub;

    /// <summary>The hub; skips the test if there is no server.</summary>
    public InitialisedHub Hub
    {
        get
        {
            Skip.If(_hub is null, "GARM_TEST_POSTGRES is not set: a connection string to a PostgreSQL where databases may be made");
            return _hub!;
        }
    }

    public async Task InitializeAsync()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GARM_TEST_POSTGRES"))) return;
        _database = PostgreSqlDatabase.Create();
        _hub = new Configured(_database.Settings.ToDictionary(x => x.Key, x => x.Value));
        await _hub.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    private sealed class Configured(Dictionary<string, string?> settings) : InitialisedHub
    {
        protected override Dictionary<string, string?> Settings => settings;
    }
}
