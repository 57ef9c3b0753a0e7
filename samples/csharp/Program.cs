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
    Notice = notice => Console.Error.WriteLine(notice),
});

var printed = new Dictionary<(string Source, string Pool), Wanted>();
_ = PrintOnceSyncedAsync();
try
{
    // A copy that is not complete yet would ask for too few runners.
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
    if (Environment.GetEnvironmentVariable("GARM_TOKEN") is { Length: > 0 } token) return token;
    using var api = new GarmApiClient(addresses[0]);
    return await api.LoginAsync(
        Environment.GetEnvironmentVariable("GARM_USERNAME") ?? "", Environment.GetEnvironmentVariable("GARM_PASSWORD") ?? "", cancellation);
}

async Task PrintOnceSyncedAsync()
{
    try
    {
        await cache.WaitUntilSyncedAsync(stop.Token);
        Print();
    }
    catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
    {
        // The program ends, and its main part says why.
    }
}

// Prints the pools whose numbers are not what they were.
void Print()
{
    lock (printed)
    {
        foreach (var row in WantedRunners.Of(cache.All("pool"), cache.All("job"), cache.All("instance")))
        {
            if (printed.GetValueOrDefault((row.Source, row.Pool)) == row) continue;
            printed[(row.Source, row.Pool)] = row;
            Console.WriteLine(JsonSerializer.Serialize(row));
        }
    }
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
