using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Fronts;

/// <summary>An initialised hub behind a hub, for the scenarios that clean up after themselves. One that fails spoils both.</summary>
public sealed class GoldenFront : IAsyncLifetime
{
    private TestHost? _source;
    private FrontedHub? _front;
    private GoldenServer? _server;

    /// <summary>What the two wrote, for the report of a failure.</summary>
    public string Output => $"{_source?.Output}\nIn front:\n{_front?.Hub.Output}";

    public async Task<GoldenServer> ServerAsync()
    {
        _source ??= await InProcessHost.StartAsync(new Dictionary<string, string?>());
        _front ??= await FrontedHub.StartAsync(_source.BaseUrl);
        if (_server is not null) return _server;
        _server = await GoldenServer.InitialiseAsync(_front.Front);
        await _front.SyncedAsync();
        return _server;
    }

    public async Task SpoilAsync()
    {
        var (source, front) = (_source, _front);
        (_source, _front, _server) = (null, null, null);
        if (front is not null) await front.DisposeAsync();
        if (source is not null) await source.DisposeAsync();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => SpoilAsync();
}
