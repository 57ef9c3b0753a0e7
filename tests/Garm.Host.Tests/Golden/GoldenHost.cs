using Garm.Golden.Running;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Golden;

/// <summary>
/// An initialised host for the scenarios that clean up after themselves. A scenario that fails may leave entities
/// behind, so the next scenario gets a new host and does not fail because of another one.
/// </summary>
public sealed class GoldenHost : IAsyncLifetime
{
    private InProcessHost? _host;
    private GoldenServer? _server;

    /// <summary>The host's output, for the report of a failure.</summary>
    public string Output => _host?.Output ?? "";

    public async Task<GoldenServer> ServerAsync()
    {
        _host ??= await InProcessHost.StartAsync(new Dictionary<string, string?>());
        return _server ??= await GoldenServer.InitialiseAsync(_host.BaseUrl);
    }

    public async Task SpoilAsync()
    {
        var host = _host;
        (_host, _server) = (null, null);
        if (host is not null) await host.DisposeAsync();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => SpoilAsync();
}
