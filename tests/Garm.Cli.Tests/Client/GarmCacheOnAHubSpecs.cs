using System.Text.Json;
using Garm.Client.Caches;
using Garm.Client.Events;
using Garm.TestUtilities;

namespace Garm.Cli.Tests.Client;

/// <summary>A cache of a real hub equals the hub's lists, while writers write and the hub is killed and restarted.</summary>
public sealed class GarmCacheOnAHubSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-cache-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LongTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ACache_IsWhatTheListsShow_AtEachQuietPoint(int seed)
    {
        var random = new Random(seed);
        var settings = new Dictionary<string, string?> { ["Garm:DataDirectory"] = Path.Combine(_folder, "data") };
        var host = await RunningHost.StartAsync(settings);
        try
        {
            var token = await BeginAsync(host.BaseUrl);
            List<Uri> addresses = [host.BaseUrl]; // A restarted hub has another port.
            using var stop = new CancellationTokenSource();
            var cache = new GarmCache(new EventFeedOptions
            {
                Addresses = addresses,
                Token = (_, _) => Task.FromResult(token),
                Message = """{"filters":[{"entity-type":"proxy"}]}""",
                LongestPause = TimeSpan.FromMilliseconds(500),
            });
            var running = RunAsync(cache, stop.Token);
            for (var round = 0; round < 3; round++)
            {
                using var http = new HttpClient { BaseAddress = host.BaseUrl };
                http.DefaultRequestHeaders.Authorization = new("Bearer", token);
                await Task.WhenAll(Enumerable.Range(0, 3).Select(writer => WriteAsync(http, new Random(random.Next()), $"{round}-{writer}")));
                await Retry.UntilAsync("the cache is what the list shows", async () => await ListAsync(http) == Of(cache), TimeSpan.FromSeconds(60));
                if (round == 2) break;
                await host.DisposeAsync();
                host = await RunningHost.StartAsync(settings);
                addresses[0] = host.BaseUrl;
            }

            await stop.CancelAsync();
            await running;
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [LongFact]
    public async Task TwoEntities_WithTheSameId_OfTheHubAndOfASource_StayApart()
    {
        await using var host = await RunningHost.StartAsync(new Dictionary<string, string?>());
        var token = await BeginAsync(host.BaseUrl);
        using var http = new HttpClient { BaseAddress = host.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var stop = new CancellationTokenSource();
        var cache = new GarmCache(new EventFeedOptions
        {
            Addresses = [host.BaseUrl],
            Token = (_, _) => Task.FromResult(token),
            Message = """{"filters":[{"entity-type":"proxy"}]}""",
        });
        var running = RunAsync(cache, stop.Token);

        // The hub is its own source.
        var source = new { name = "self", url = host.BaseUrl, username = "admin", password = "Corr3ct-Horse-battery-Staple-99!", relist_seconds = 600 };
        using (var added = await http.PostAsync("/api/v1/sources", Body(source))) Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        using (var made = await http.PostAsync("/api/v1/proxies", Body(new { name = "p", http_proxy = "http://p.example.com" }))) made.EnsureSuccessStatusCode();
        await Retry.UntilAsync("both are there", () => Task.FromResult(cache.All("proxy").Length == 2), TimeSpan.FromSeconds(60));
        Assert.Equal(["", "self"], cache.All("proxy").Select(x => x.Key.Source).Order(StringComparer.Ordinal));
        Assert.Single(cache.All("proxy").Select(x => x.Key.Id).Distinct());

        using (var removed = await http.DeleteAsync("/api/v1/sources/self")) removed.EnsureSuccessStatusCode();
        await Retry.UntilAsync("one is left", () => Task.FromResult(cache.All("proxy").Length == 1), TimeSpan.FromSeconds(60));
        Assert.Equal("", cache.All("proxy")[0].Key.Source);
        await stop.CancelAsync();
        await running;
    }

    internal static async Task<string> BeginAsync(Uri hub)
    {
        using var http = new HttpClient { BaseAddress = hub };
        var user = new { username = "admin", password = "Corr3ct-Horse-battery-Staple-99!", email = "admin@example.com", full_name = "Admin" };
        using var made = await http.PostAsync("/api/v1/first-run", Body(user));
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        using var login = await http.PostAsync("/api/v1/auth/login", Body(new { user.username, user.password }));
        var token = JsonDocument.Parse(await login.Content.ReadAsStringAsync()).RootElement.GetProperty("token").GetString()!;
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var urls = await http.PutAsync("/api/v1/controller", Body(new
        {
            metadata_url = "http://hub.example.com/api/v1/metadata",
            callback_url = "http://hub.example.com/api/v1/callbacks",
            webhook_url = "http://hub.example.com/webhooks",
        }));
        Assert.True(urls.IsSuccessStatusCode, await urls.Content.ReadAsStringAsync());
        return token;
    }

    private static async Task WriteAsync(HttpClient http, Random random, string writer)
    {
        var made = new List<long>();
        for (var i = 0; i < 30; i++)
        {
            var which = made.Count == 0 ? 0 : random.Next(3);
            using var response = which switch
            {
                0 => await http.PostAsync("/api/v1/proxies", Body(new { name = $"p{writer}-{i}", http_proxy = "http://p.example.com" })),
                1 => await http.PutAsync($"/api/v1/proxies/{made[random.Next(made.Count)]}", Body(new { description = $"{i}" })),
                _ => await http.DeleteAsync($"/api/v1/proxies/{Take(made, random)}"),
            };
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            if (which == 0) made.Add(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetInt64());
        }
    }

    private static long Take(List<long> made, Random random)
    {
        var id = made[random.Next(made.Count)];
        made.Remove(id);
        return id;
    }

    private static StringContent Body(object value) => new(JsonSerializer.Serialize(value), System.Text.Encoding.UTF8, "application/json");

    private static async Task<string> ListAsync(HttpClient http)
    {
        using var list = JsonDocument.Parse(await http.GetStringAsync("/api/v1/proxies"));
        return string.Join('\n', list.RootElement.EnumerateArray().Select(x => x.GetRawText()).Order(StringComparer.Ordinal));
    }

    private static string Of(GarmCache cache) =>
        string.Join('\n', cache.All("proxy").Select(x => x.Payload.GetRawText()).Order(StringComparer.Ordinal));

    private static async Task RunAsync(GarmCache cache, CancellationToken stop)
    {
        await foreach (var _ in cache.RunAsync(stop))
        {
        }
    }
}
