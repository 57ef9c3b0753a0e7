using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Fronts;

/// <summary>
/// A hub that stands in front of a server: at <c>127.0.0.1</c> it is the hub, at <c>localhost</c> it is the server, with the same port.
/// </summary>
internal sealed class FrontedHub : IAsyncDisposable
{
    public const string SourceName = "east";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private FrontedHub(TestHost hub, HubClient admin) => (Hub, Admin) = (hub, admin);

    /// <summary>The hub.</summary>
    public TestHost Hub { get; }

    /// <summary>The hub's administrator, at the hub's own address.</summary>
    public HubClient Admin { get; }

    /// <summary>Where clients of the server go.</summary>
    public Uri Front => new UriBuilder(Hub.BaseUrl) { Host = "localhost" }.Uri;

    /// <summary>Starts the hub and lets it stand in front of the server at a URL.</summary>
    /// <param name="server">The server; nothing needs to listen there.</param>
    /// <param name="password">Of the server's user <c>admin</c>.</param>
    /// <param name="settings">Of the hub, besides the tests' own.</param>
    /// <param name="inProcess">Whether it runs in the tests' process.</param>
    public static async Task<FrontedHub> StartAsync(
        Uri server, string password = HubClient.Password, Dictionary<string, string?>? settings = null, bool inProcess = true)
    {
        TestHost hub = inProcess ? await InProcessHost.StartAsync(settings ?? []) : await RunningHost.StartAsync(settings ?? []);
        var own = await GoldenServer.InitialiseAsync(hub.BaseUrl);
        var front = new FrontedHub(hub, new HubClient(hub.BaseUrl, own.Token));
        var made = await front.Admin.SendAsync(
            "POST", "/api/v1/sources", new { name = SourceName, url = server, username = "admin", password, hosts = new[] { "localhost" } });
        Assert.True(made.Status == 200, made.Text);
        return front;
    }

    /// <summary>Waits until the server is mirrored. One that had no administrator before is tried again at once.</summary>
    public async Task SyncedAsync()
    {
        await Admin.SendAsync("PUT", $"/api/v1/sources/{SourceName}", new { relist_seconds = 59 });
        await Retry.UntilAsync($"{SourceName} is synced", async () => await StateAsync() == "synced", Patience);
    }

    /// <summary>What the hub says of its source.</summary>
    public async Task<string?> StateAsync() => (await Admin.SendAsync("GET", $"/api/v1/sources/{SourceName}")).Json
        .GetProperty("status").GetProperty("state").GetString();

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Hub.DisposeAsync();
    }
}
