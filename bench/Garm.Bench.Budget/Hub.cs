using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Garm.Bench.Budget;

/// <summary>The hub: SQLite with durable commits, an administrator, and the endpoint <c>e1</c> that the writers change.</summary>
internal sealed partial class Hub : Server
{
    private const string Password = "Corr3ct-Horse-battery-Staple-99!";

    private readonly HttpClient _http = new();
    private string _token = "";

    public override string Name => "hub";

    public override IReadOnlyList<string> WriteArguments =>
    [
        "--mode", "http", "--method", "PUT", "--target", "/api/v1/github/endpoints/e1", "--body", """{"description":"{T}"}""",
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

    protected override ProcessStartInfo StartInfo(string folder) => new("dotnet", [
        Checkout.Program("src", "Garm.Host"), "--urls", $"http://127.0.0.1:{Port}", $"--Garm:DataDirectory={folder}/data"]);

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
        await CallAsync(HttpMethod.Post, "github/endpoints", new
        {
            name = "e1",
            description = "",
            base_url = "https://ghes.example.com",
            api_base_url = "https://api.ghes.example.com",
            upload_base_url = "https://uploads.ghes.example.com",
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
