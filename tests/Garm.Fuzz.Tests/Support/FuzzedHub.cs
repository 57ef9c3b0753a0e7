using System.Text.RegularExpressions;
using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Fuzz.Tests.Support;

/// <summary>A hub in its own process, with an administrator, which must survive every case.</summary>
internal sealed partial class FuzzedHub : IAsyncDisposable
{
    private readonly RunningHost _host;
    private readonly PostgreSqlDatabase? _database;
    private int _seen;
    private int _witnesses;

    private FuzzedHub(RunningHost host, HubClient admin, PostgreSqlDatabase? database) =>
        (_host, Admin, _database) = (host, admin, database);

    public Uri BaseUrl => _host.BaseUrl;

    /// <summary>An administrator that no case changes.</summary>
    public HubClient Admin { get; }

    public static async Task<FuzzedHub> StartAsync(bool onPostgreSql)
    {
        var database = onPostgreSql ? PostgreSqlDatabase.Create() : null;
        var host = await RunningHost.StartAsync(database is null ? [] : database.Settings.ToDictionary(x => x.Key, x => x.Value));
        var server = await GoldenServer.InitialiseAsync(host.BaseUrl);
        return new FuzzedHub(host, new HubClient(host.BaseUrl, server.Token), database);
    }

    /// <summary>What is wrong with the hub: it ended, it logged a failure, or it does not serve; null when nothing is.</summary>
    public async Task<string?> FindFaultAsync()
    {
        if (FindLoggedFault() is { } logged) return logged;
        try
        {
            var ready = await Admin.SendAsync("GET", "/readyz");
            if (ready.Status != 200) return $"/readyz answers {ready.Status}";

            // A complete check: a write, its event, and the events of a new session.
            await using var socket = await Admin.OpenSocketAsync();
            await socket.SendTextAsync("""{"filters":[{"entity-type":"proxy"}],"cursor":"now"}""");
            await socket.SyncAsync(TimeSpan.FromSeconds(30));
            var name = $"witness-{_witnesses++}";
            var made = await Admin.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://proxy.example.com" });
            if (made.Status != 200) return $"a good request is answered with {made.Status}: {made.Text}";
            var frames = await socket.TakeAsync(
                x => x.Any(frame => frame.Text.Contains(name, StringComparison.Ordinal)), TimeSpan.FromSeconds(30), TimeSpan.Zero);
            if (!frames.Any(x => x.Text.Contains(name, StringComparison.Ordinal))) return "a write's event did not come";
            await Admin.SendAsync("DELETE", $"/api/v1/proxies/{made.Json.GetProperty("id")}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            return $"it does not answer ({e.Message}); it wrote\n{Tail()}";
        }

        return FindLoggedFault();
    }

    /// <summary>The first failure in the hub's output since the last call.</summary>
    public string? FindLoggedFault()
    {
        var output = _host.Output;
        var news = output[Math.Min(_seen, output.Length)..];

        // The last line may not be complete yet.
        _seen = output.LastIndexOf('\n') + 1;
        return Failure().Match(news) is { Success: true } found ? $"it logged\n{news[found.Index..Math.Min(news.Length, found.Index + 4000)]}" : null;
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await _host.DiscardAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    private string Tail() => _host.Output[^Math.Min(_host.Output.Length, 4000)..];

    [GeneratedRegex(@"^(\d\d:\d\d:\d\d )?(fail|crit): .*|^Unhandled exception.*|Stack overflow", RegexOptions.Multiline)]
    private static partial Regex Failure();
}
