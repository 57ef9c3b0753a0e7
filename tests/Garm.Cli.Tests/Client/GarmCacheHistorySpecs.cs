using System.Globalization;
using System.Text;
using System.Text.Json;
using Garm.Client.Caches;
using Garm.Client.Events;
using Garm.TestUtilities;

namespace Garm.Cli.Tests.Client;

/// <summary>
/// Random histories of a real hub: writers at full rate, connections that are cut, a hub that is killed and comes back, and a log that
/// keeps little. At each quiet point every cache has what the hub's list shows to its filter. <c>GARM_CACHE_RUNS</c> and
/// <c>GARM_CACHE_SEED</c> choose how many histories, and which.
/// </summary>
public sealed class GarmCacheHistorySpecs : IAsyncLifetime
{
    private const int Writers = 3;
    private static readonly int Runs = Number("GARM_CACHE_RUNS", 12);
    private static readonly int Seed = Number("GARM_CACHE_SEED", 15);

    private readonly string _folder = Directory.CreateTempSubdirectory("garm-histories-").FullName;
    private readonly CuttingRelay _relay;
    private readonly List<Copy> _copies = [];
    private readonly Dictionary<string, string?> _settings = [];
    private RunningHost? _host;
    private HttpClient _http = null!;
    private string _token = "";

    public GarmCacheHistorySpecs() => _relay = new CuttingRelay(() => _host?.BaseUrl);

    public async Task InitializeAsync()
    {
        _settings["Garm:DataDirectory"] = Path.Combine(_folder, "data");
        _settings["Garm:Events:RetainCount"] = "50";
        await StartAsync();
        _token = await GarmCacheOnAHubSpecs.BeginAsync(_host!.BaseUrl);
        Connect();
    }

    public async Task DisposeAsync()
    {
        foreach (var copy in _copies) await copy.DisposeAsync();
        _http?.Dispose();
        if (_host is not null) await _host.DiscardAsync();
        await _relay.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [LongFact]
    public async Task Caches_ShouldHaveWhatTheListShows_AtEachQuietPointOfAnyHistory()
    {
        var random = new Random(Seed);
        for (var run = 0; run < Runs; run++)
        {
            // One copy that is there from the beginning for each filter; the others come in the middle of a history.
            if (run % 5 == 0) _copies.Add(new Copy(_relay.Address, _token, run / 5 % 3));
            if (_copies.Count > 6)
            {
                await _copies[3].DisposeAsync();
                _copies.RemoveAt(3);
            }

            if (run % 10 == 9) await RestartAsync();
            var cuts = random.Next(3);
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(new Random(random.Next()), $"{run}-{writer}", cuts)));
            foreach (var copy in _copies)
            {
                await Retry.UntilAsync(
                    $"the cache of {copy.Message} is what the list shows (run {run}, seed {Seed})",
                    async () => copy.Content() == await ListAsync(copy), TimeSpan.FromSeconds(60));
                Assert.Null(copy.Fault);
            }
        }
    }

    private async Task StartAsync() => _host = await RunningHost.StartAsync(_settings);

    private void Connect()
    {
        _http = new HttpClient { BaseAddress = _host!.BaseUrl };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", _token);
    }

    private async Task RestartAsync()
    {
        _http.Dispose();
        await _host!.KillAsync();
        await _host.DisposeAsync();
        _host = null;
        await StartAsync();
        Connect();
    }

    private async Task WriteAsync(Random random, string writer, int cuts)
    {
        var made = new List<long>();
        for (var i = 0; i < 8; i++)
        {
            var which = made.Count == 0 ? 0 : random.Next(4);
            var state = random.Next(2) == 0 ? "idle" : "busy";
            using var response = which switch
            {
                0 => await _http.PostAsync("/api/v1/proxies", Body(new { name = $"p{writer}-{i}", http_proxy = "http://p.example.com", description = state })),
                3 => await _http.DeleteAsync($"/api/v1/proxies/{Take(made, random)}"),
                _ => await _http.PutAsync($"/api/v1/proxies/{made[random.Next(made.Count)]}", Body(new { description = state, http_proxy = $"http://p{i}.example.com" })),
            };
            var answer = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, answer);
            if (which == 0) made.Add(JsonDocument.Parse(answer).RootElement.GetProperty("id").GetInt64());
            if (cuts > 0 && random.Next(10) == 0) _relay.Cut();
        }

        // Else the lists grow with the number of histories; what stays is deleted by nobody's event in this one.
        while (made.Count > 1)
        {
            using var response = await _http.DeleteAsync($"/api/v1/proxies/{Take(made, random)}");
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    private async Task<string> ListAsync(Copy copy)
    {
        using var list = JsonDocument.Parse(await _http.GetStringAsync("/api/v1/proxies"));
        return Copy.Lines(list.RootElement.EnumerateArray().Where(copy.Matches));
    }

    private static long Take(List<long> made, Random random)
    {
        var id = made[random.Next(made.Count)];
        made.Remove(id);
        return id;
    }

    private static StringContent Body(object value) => new(JsonSerializer.Serialize(value), Encoding.UTF8, "application/json");

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>A cache with one of three filters.</summary>
    private sealed class Copy : IAsyncDisposable
    {
        private static readonly string?[] Descriptions = [null, "idle", "busy"];

        private readonly CancellationTokenSource _stop = new();
        private readonly string? _description;
        private readonly GarmCache _cache;
        private readonly Task _running;

        public Copy(Uri hub, string token, int filter)
        {
            _description = Descriptions[filter];
            Message = _description is null
                ? """{"filters":[{"entity-type":"proxy"}]}"""
                : """{"filters":[{"entity-type":"proxy","match":{"description":"?"}}]}""".Replace("?", _description, StringComparison.Ordinal);
            _cache = new GarmCache(new EventFeedOptions
            {
                Addresses = [hub],
                Token = (_, _) => Task.FromResult(token),
                Message = Message,
                FirstPause = TimeSpan.FromMilliseconds(5),
                LongestPause = TimeSpan.FromMilliseconds(200),
            });
            _running = RunAsync();
        }

        public string Message { get; }

        /// <summary>Why the cache ended, or what was wrong with a change that it told; null while all is well.</summary>
        public string? Fault { get; private set; }

        public bool Matches(JsonElement proxy) => _description is null || proxy.GetProperty("description").GetString() == _description;

        public string Content() => Lines(_cache.All("proxy").Select(x => x.Payload));

        public static string Lines(IEnumerable<JsonElement> proxies) =>
            string.Join('\n', proxies.Select(x => x.GetRawText()).Order(StringComparer.Ordinal));

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }

        /// <summary>Somebody who follows the changes alone has what the cache has, and is told of none that is none.</summary>
        private async Task RunAsync()
        {
            var followed = new Dictionary<EntityKey, string>();
            await foreach (var change in _cache.RunAsync(_stop.Token))
            {
                var key = change.Entity.Key;
                var payload = change.Entity.Payload.GetRawText();
                var isTrue = change.Kind switch
                {
                    CacheChangeKind.Added => followed.TryAdd(key, payload),
                    CacheChangeKind.Changed => followed.TryGetValue(key, out var before) && before != payload,
                    _ => followed.Remove(key),
                };
                if (!isTrue) Fault = $"{change.Kind} {key} was no change";
                if (change.Kind == CacheChangeKind.Changed) followed[key] = payload;
            }

            if (!_stop.IsCancellationRequested) Fault = $"the cache ended: {_cache.End}";
        }
    }
}
