using System.Net;

namespace Garm.TestUtilities;

/// <summary>A real host on a free loopback port, with its own data folder.</summary>
public abstract class TestHost : IAsyncDisposable
{
    /// <summary>For several hosts at once, on a machine whose processors are busy.</summary>
    protected static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    /// <summary>Where the host listens.</summary>
    public abstract Uri BaseUrl { get; }

    /// <summary>The host's log so far.</summary>
    public abstract string Output { get; }

    /// <summary>Whether it has ended, also by itself.</summary>
    protected abstract bool HasEnded { get; }

    /// <summary>Stops the host as an operator does, and waits for its end.</summary>
    public abstract Task StopAsync();

    /// <summary>Stops the host and deletes its folder.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Waits until <c>/readyz</c> answers 200.</summary>
    public async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = BaseUrl, Timeout = StartTimeout };
        await Retry.UntilAsync("GET /readyz answers 200", () => IsReadyAsync(client), StartTimeout);
    }

    /// <summary>The settings of a test's host: SQLite in this folder and the provider <c>fake</c>, unless the test says otherwise.</summary>
    /// <param name="folder">The host's own folder.</param>
    /// <param name="settings">Configuration keys that override the defaults; a null removes one.</param>
    protected static IEnumerable<KeyValuePair<string, string>> AllSettings(string folder, IDictionary<string, string?> settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Garm:DataDirectory"] = Path.Combine(folder, "data"),
            ["Garm:Database:Provider"] = "Sqlite",
            ["Garm:Providers:0:Name"] = "fake",
            ["Garm:Providers:0:Type"] = "external",
            ["Garm:Providers:0:Description"] = "fake provider",
        };
        foreach (var (key, value) in settings) all[key.Replace("__", ":")] = value;
        return all.Where(x => x.Value is not null).Select(x => KeyValuePair.Create(x.Key, x.Value!));
    }

    /// <summary>Whether an environment variable of the machine configures hosts, and must not affect those of the tests.</summary>
    protected static bool IsHostSetting(string name) =>
        name.StartsWith("Garm__", StringComparison.OrdinalIgnoreCase)
        || name.Equals("ASPNETCORE_URLS", StringComparison.OrdinalIgnoreCase);

    private async Task<bool> IsReadyAsync(HttpClient client)
    {
        if (HasEnded) throw new InvalidOperationException("the host ended before it was ready");

        using var response = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.OK;
    }
}
