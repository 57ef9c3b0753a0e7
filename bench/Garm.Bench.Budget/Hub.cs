using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Garm.Bench.Budget;

/// <summary>The hub: SQLite with durable commits, an administrator, the endpoints <c>e0</c> to <c>e3</c> that the writers change, and a repository
/// with a pool that takes its jobs.</summary>
/// <param name="program">Its <c>Garm.Host.dll</c>; this checkout's when it is null.</param>
internal sealed partial class Hub(string? program = null) : Server
{
    /// <summary>The environment variable that names an earlier build's <c>Garm.Host.dll</c>.</summary>
    public const string EarlierVariable = "GARM_BENCH_EARLIER";

    private const string Password = "Corr3ct-Horse-battery-Staple-99!";

    private readonly HttpClient _http = new();
    private string _token = "";

    public override string Name => program is null ? "hub" : "earlier";

    /// <summary>An earlier build's program; null where the environment names none.</summary>
    public static string? Earlier => Environment.GetEnvironmentVariable(EarlierVariable) is { Length: > 0 } path ? path : null;

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The administrator's token.</summary>
    public string Token => _token;

    public override IReadOnlyList<string> WriteArguments => WriteTo("e1");

    public override IReadOnlyList<string> WriteTo(string endpoint) =>
    [
        "--mode", "http", "--method", "PUT", "--target", $"/api/v1/github/endpoints/{endpoint}", "--body", """{"description":"{T}"}""",
        "--wheader", $"Authorization: Bearer {_token}",
    ];

    public override IReadOnlyList<string> LoadArguments(string subscribe) =>
    [
        "--port", $"{Port}", "--pid", $"{Pid}", "--path", "/api/v1/ws/events", "--header", $"Authorization: Bearer {_token}", "--sub", subscribe,
    ];

    /// <summary>The cursor of a new write: after it nothing has happened.</summary>
    public async Task<string> CursorAsync()
    {
        using var content = new StringContent("""{"description":"before"}""", Encoding.UTF8, "application/json");
        using var answer = await _http.PutAsync(new Uri("/api/v1/github/endpoints/e1", UriKind.Relative), content);
        return answer.EnsureSuccessStatusCode().Headers.GetValues("Garm-Cursor").Single();
    }

    /// <summary>How many pages of the log were read so far.</summary>
    public async Task<double> PagesReadAsync()
    {
        var metrics = await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return PagesRead().Match(metrics) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>
    /// Adds instances to the current states alone, where snapshots are read from: over the API they would take minutes, and have no part
    /// in what is measured.
    /// </summary>
    public async Task AddInstancesAsync(int count)
    {
        await using var database = new SqliteConnection($"Data Source={Folder}/data/garm.db;Pooling=False;Default Timeout=30");
        await database.OpenAsync();
        await using var insert = database.CreateCommand();
        insert.CommandText = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count)
            INSERT INTO entity_states (entity_type, key, source, entity_id, position, created_position, payload)
            SELECT 'instance', printf('%08d', i), '', printf('%08d', i), 1, 1,
                json_object('id', printf('%08d', i), 'name', printf('garm-%08d', i), 'provider_name', 'external', 'os_type', 'linux', 'os_arch', 'amd64',
                    'status', 'running', 'runner_status', 'idle', 'pool_id', 'a3f0cbd3-1f8d-4e7a-9c57-5d2f2ce3b4a1', 'updated_at', '2026-11-29T10:00:00Z',
                    'created_at', '2026-11-29T09:00:00Z', 'provider_id', printf('i-%032d', i), 'agent_id', i, 'github-runner-group', 'default')
            FROM n;
            """;
        insert.Parameters.AddWithValue("$count", count);
        await insert.ExecuteNonQueryAsync();
    }

    protected override ProcessStartInfo StartInfo(string folder) => new("dotnet", [
        program ?? Checkout.Program("src", "Garm.Host"), "--urls", $"http://127.0.0.1:{Port}", $"--Garm:DataDirectory={folder}/data",
        "--Garm:Providers:0:Name=none", "--Garm:Providers:0:Type=external"]);

    protected override async Task PrepareAsync()
    {
        var address = $"http://127.0.0.1:{Port}";
        _http.BaseAddress = new Uri(address);
        await CallAsync(HttpMethod.Post, "first-run", new { username = "admin", password = Password, email = "admin@example.com", full_name = "Admin" });
        _token = (await CallAsync(HttpMethod.Post, "auth/login", new { username = "admin", password = Password })).GetProperty("token").GetString()!;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        await CallAsync(HttpMethod.Put, "controller", new
        {
            metadata_url = $"{address}/api/v1/metadata",
            callback_url = $"{address}/api/v1/callbacks",
            webhook_url = $"{address}/webhooks",
        });
        for (var i = 0; i < 4; i++)
        {
            await CallAsync(HttpMethod.Post, "github/endpoints", new
            {
                name = $"e{i}",
                description = "",
                base_url = i == 1 ? "https://ghes.example.com" : $"https://ghes{i}.example.com",
                api_base_url = "https://api.ghes.example.com",
                upload_base_url = "https://uploads.ghes.example.com",
            });
        }

        await AddRepositoryAsync();
    }

    private async Task AddRepositoryAsync()
    {
        await CallAsync(HttpMethod.Post, "github/credentials", new
        {
            name = "c",
            endpoint = "e1",
            auth_type = "pat",
            pat = new { oauth2_token = "t" },
        });
        var repository = await CallAsync(HttpMethod.Post, "repositories", new
        {
            owner = "octo",
            name = "app",
            credentials_name = "c",
            webhook_secret = Secret,
        });
        await CallAsync(HttpMethod.Post, $"repositories/{repository.GetProperty("id").GetString()}/pools", new
        {
            provider_name = "none",
            image = "i",
            flavor = "f",
            os_type = "linux",
            os_arch = "amd64",
            max_runners = 1,
            enabled = true,
            tags = new[] { "self-hosted", "linux" },
        });
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{method} {path} was answered with {(int)answer.StatusCode}: {text}");
    }

    [GeneratedRegex("""garm_log_reads_total\{[^}]*kind="page"[^}]*\} (\S+)""")]
    private static partial Regex PagesRead();
}
