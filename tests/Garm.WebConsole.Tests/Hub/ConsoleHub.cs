using Garm.Golden.Running;
using Garm.TestUtilities;

namespace Garm.WebConsole.Tests.Hub;

/// <summary>A hub in a process of its own, with an administrator and a fleet.</summary>
public sealed class ConsoleHub : IAsyncLifetime
{
    private RunningHost? _host;

    public const string Username = "admin";

    internal static string Password => GoldenServer.Fresh(new Uri("http://nowhere")).Password;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("the hub has not started");

    internal FleetScript Fleet { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.SkipReason is not null) return; // A fixture is made for skipped tests too.
        _host = await RunningHost.StartAsync(new Dictionary<string, string?>());
        var server = await GoldenServer.InitialiseAsync(_host.BaseUrl);
        Fleet = new FleetScript(_host.BaseUrl, server.Token!);
        await Fleet.MakeAsync();
    }

    public async Task DisposeAsync()
    {
        Fleet?.Dispose();
        if (_host is not null) await _host.DiscardAsync();
    }
}
