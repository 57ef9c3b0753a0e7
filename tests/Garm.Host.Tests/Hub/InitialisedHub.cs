using Garm.Golden.Running;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Hub;

/// <summary>A hub after the first run: each test class has one.</summary>
public class InitialisedHub : IAsyncLifetime
{
    private TestHost? _host;

    /// <summary>The first administrator.</summary>
    internal HubClient Admin { get; private set; } = null!;

    internal TestHost Host => _host ?? throw new InvalidOperationException("the hub has not started");

    protected virtual Dictionary<string, string?> Settings => [];

    /// <summary>False when all tests of the class are skipped, for which a fixture is created too.</summary>
    protected virtual bool IsUsed => true;

    /// <summary>Whether the tests need a process of the hub's own, for its output, signals or metrics.</summary>
    protected virtual bool NeedsProcess => false;

    public async Task InitializeAsync()
    {
        if (!IsUsed) return;
        _host = NeedsProcess ? await RunningHost.StartAsync(Settings) : await InProcessHost.StartAsync(Settings);
        var server = await GoldenServer.InitialiseAsync(_host.BaseUrl);
        Admin = new HubClient(_host.BaseUrl, server.Token);
    }

    public async Task DisposeAsync()
    {
        Admin?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
    }
}
