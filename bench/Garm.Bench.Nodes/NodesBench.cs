using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Garm.Bench.Load;

namespace Garm.Bench.Nodes;

/// <summary>Two nodes, one writer on A, one subscriber on each: what the way between nodes costs.</summary>
internal static class NodesBench
{
    private const string Password = "Corr3ct-Horse-battery-Staple-99!";

    // The compiler's, and the mediators' getting to know each other.
    private const int WarmUp = 200;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>One run.</summary>
    public static async Task<Report> RunAsync(BenchOptions options)
    {
        var data = Directory.CreateTempSubdirectory("garm-bench-").FullName;
        await using var database = NodesDatabase.Of(options.Server);
        try
        {
            await using var a = new Node("A", data, database.ConnectionString);
            await using var b = new Node("B", data, database.ConnectionString);
            await a.StartAsync();
            await b.StartAsync();
            using var http = new HttpClient { BaseAddress = a.Address };
            var token = await InitialiseAsync(http);
            var all = WarmUp + options.Events;
            using var onA = Listener.Start(a.Address, token, "on A", all);
            using var onB = Listener.Start(b.Address, token, "on B", all);

            await WriteAsync(http, 0, WarmUp, options.Rate * 5);
            await WriteAsync(http, WarmUp, options.Events, options.Rate);
            for (var since = Stopwatch.GetTimestamp(); onA.Seen < all || onB.Seen < all;)
            {
                if (Stopwatch.GetElapsedTime(since) > Quiet) break;
                await Task.Delay(20);
            }

            return new Report(
                options.Server is null ? "SQLite" : "PostgreSQL", options.Events, options.Rate,
                Side.Of(onA, WarmUp, options.Events), Side.Of(onB, WarmUp, options.Events),
                Side.Percentile([.. Enumerable.Range(WarmUp, options.Events).Select(x => onB[x] - onA[x]).Where(x => !double.IsNaN(x)).Order()], 0.5));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task WriteAsync(HttpClient http, int first, int count, double rate)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var early = TimeSpan.FromSeconds(i / rate) - Stopwatch.GetElapsedTime(started);
            if (early > TimeSpan.Zero) await Task.Delay(early);
            using var answer = await http.PutAsJsonAsync(
                new Uri("/api/v1/github/endpoints/e1", UriKind.Relative), new { description = Token.Now(0, first + i) });
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<string> InitialiseAsync(HttpClient http)
    {
        await CallAsync(http, HttpMethod.Post, "first-run", new { username = "admin", password = Password, email = "admin@example.com", full_name = "Admin" });
        var login = await CallAsync(http, HttpMethod.Post, "auth/login", new { username = "admin", password = Password });
        var token = login.GetProperty("token").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await CallAsync(http, HttpMethod.Put, "controller", new
        {
            metadata_url = new Uri(http.BaseAddress!, "/api/v1/metadata"),
            callback_url = new Uri(http.BaseAddress!, "/api/v1/callbacks"),
            webhook_url = new Uri(http.BaseAddress!, "/webhooks"),
        });
        await CallAsync(http, HttpMethod.Post, "github/endpoints", new
        {
            name = "e1",
            description = "",
            base_url = "https://ghes.example.com",
            api_base_url = "https://api.ghes.example.com",
            upload_base_url = "https://uploads.ghes.example.com",
        });
        return token;
    }

    private static async Task<JsonElement> CallAsync(HttpClient http, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{method} {path} was answered with {(int)answer.StatusCode}: {text}");
    }
}
