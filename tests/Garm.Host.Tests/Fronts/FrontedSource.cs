using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Fronts;

/// <summary>A hub that is a server behind a hub, mirrored, and an administrator of it who comes through the front and directly.</summary>
public sealed class FrontedSource : IAsyncLifetime
{
    /// <summary>Whether the server runs in a process of its own, which a test can kill.</summary>
    internal bool SourceNeedsProcess { get; init; }

    internal TestHost Source { get; private set; } = null!;

    internal FrontedHub Front { get; private set; } = null!;

    /// <summary>The administrator at the front.</summary>
    internal HubClient Client { get; private set; } = null!;

    /// <summary>The same at the server.</summary>
    internal HubClient Direct { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // One after the other: a start is work.
        Source = SourceNeedsProcess
            ? await RunningHost.StartAsync(new Dictionary<string, string?>())
            : await InProcessHost.StartAsync(new Dictionary<string, string?>());
        Front = await FrontedHub.StartAsync(Source.BaseUrl);
        var server = await GoldenServer.InitialiseAsync(Front.Front);
        Client = new HubClient(Front.Front, server.Token);
        Direct = new HubClient(Source.BaseUrl, server.Token);
        await Front.SyncedAsync();
    }

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        Direct?.Dispose();
        if (Front is not null) await Front.DisposeAsync();
        if (Source is not null) await Source.DisposeAsync();
    }
}
