using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Garm.Bench.Budget;
using Garm.Bench.Load;

namespace Garm.Bench.Sources;

/// <summary>The hub that mirrors, on SQLite with durable commits.</summary>
internal sealed class SourceHub : Server
{
    private const string Password = "Corr3ct-Horse-battery-Staple-99!";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new();

    public override string Name => "hub";

    public override IReadOnlyList<string> WriteArguments => [];

    public string Jwt { get; private set; } = "";

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>What the kernel says of it.</summary>
    public ServerProcess Usage => new(Pid);

    public override IReadOnlyList<string> LoadArguments(string subscribe) => [];

    public static async Task<SourceHub> StartNewAsync()
    {
        var hub = new SourceHub();
        await hub.StartAsync();
        return hub;
    }

    /// <summary>Adds a source, and waits until it is mirrored; how long that took.</summary>
    public async Task<TimeSpan> AddAsync(string name, Uri url, int relistSeconds, Action? meanwhile = null)
    {
        var since = Stopwatch.GetTimestamp();
        await CallAsync(HttpMethod.Post, "sources", new { name, url, username = "admin", password = "x", relist_seconds = relistSeconds });
        while ((await StatusAsync(name)).GetProperty("state").GetString() != "synced")
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) throw new TimeoutException($"{name} is not synced: {await StatusAsync(name)}");
            meanwhile?.Invoke();
            await Task.Delay(100);
        }

        return Stopwatch.GetElapsedTime(since);
    }

    public async Task<JsonElement> StatusAsync(string name) => (await GetAsync($"sources/{name}")).GetProperty("status");

    /// <summary>The end of its log.</summary>
    public async Task<string> HeadAsync() => (await GetAsync("snapshot?limit=1")).GetProperty("cursor").GetString()!;

    public Task<JsonElement> GetAsync(string path) => CallAsync(HttpMethod.Get, path, null);

    protected override ProcessStartInfo StartInfo(string folder) => new("dotnet", [
        Checkout.Program("src", "Garm.Host"), "--urls", $"http://127.0.0.1:{Port}", $"--Garm:DataDirectory={folder}/data"]);

    protected override async Task PrepareAsync()
    {
        _http.BaseAddress = Address;
        await CallAsync(HttpMethod.Post, "first-run", new { username = "admin", password = Password, email = "admin@example.com", full_name = "Admin" });
        Jwt = (await CallAsync(HttpMethod.Post, "auth/login", new { username = "admin", password = Password })).GetProperty("token").GetString()!;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Jwt);
        await CallAsync(HttpMethod.Put, "controller", new
        {
            metadata_url = $"{Address}api/v1/metadata",
            callback_url = $"{Address}api/v1/callbacks",
            webhook_url = $"{Address}webhooks",
        });
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{method} {path} was answered with {(int)answer.StatusCode}: {text}");
    }
}
