// Keeps a copy of queued jobs, runners and pools, and prints how many runners each pool should have, as JSON lines.
// GARM_URL names one or more nodes (comma-separated); GARM_TOKEN, or GARM_USERNAME and GARM_PASSWORD.
using System.Text.Json;
using Autoscaler;
using Garm.Client;
using Garm.Client.Api;
using Garm.Client.Caches;
using Garm.Client.Events;

var addresses = new List<Uri>();
foreach (var text in (Environment.GetEnvironmentVariable("GARM_URL") ?? "http://127.0.0.1:9997").Split(','))
{
    if (!HubAddress.TryParse(text, out var address)) return Fail($"GARM_URL: {text} is not an http or https URL");
    addresses.Add(address);
}

var given = Environment.GetEnvironmentVariable("GARM_TOKEN");
var username = Environment.GetEnvironmentVariable("GARM_USERNAME");
var password = Environment.GetEnvironmentVariable("GARM_PASSWORD");
if (string.IsNullOrEmpty(given) && (string.IsNullOrEmpty(username) || string.IsNullOrEmpty(password)))
    return Fail("set GARM_TOKEN, or GARM_USERNAME and GARM_PASSWORD");

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var cache = new GarmCache(new EventFeedOptions
{
    Addresses = addresses,
    Token = TokenAsync,
    Message = """{"filters":[{"entity-type":"job","match":{"status":"queued"}},{"entity-type":"instance"},{"entity-type":"pool"}]}""",
    Notice = notice => Console.Error.WriteLine(notice switch
    {
        EventFeedNotice.Connected connected => $"connected to {connected.Address}",
        EventFeedNotice.Interrupted interrupted => $"{interrupted.End.Message}; next attempt in {interrupted.Pause.TotalSeconds:0.0} s",
        _ => notice,
    }),
});

var printed = new Dictionary<(string Source, string Pool), Wanted>();

// The numbers of a copy that is not complete yet, or behind, would be wrong.
cache.Synced += Print;
try
{
    await foreach (var change in cache.RunAsync(stop.Token))
    {
        if (cache.IsSynced) Print();
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (Exception e) when (e is HttpRequestException or InvalidOperationException or GarmApiException)
{
    return Fail(e.Message);
}

return stop.IsCancellationRequested ? 0 : Fail(cache.End?.Message ?? "the hub ended the stream");

async Task<string> TokenAsync(bool fresh, CancellationToken cancellation)
{
    if (!string.IsNullOrEmpty(given)) return given;
    using var api = new GarmApiClient(addresses[0]);
    return await api.LoginAsync(username!, password!, cancellation);
}

// Prints the pools whose numbers are not what they were.
void Print()
{
    var rows = WantedRunners.Of(cache.All("pool"), cache.All("job"), cache.All("instance")).ToDictionary(x => (x.Source, x.Pool));
    foreach (var row in rows.Values.Where(x => printed.GetValueOrDefault((x.Source, x.Pool)) != x)) Console.WriteLine(JsonSerializer.Serialize(row));
    printed = rows;
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
