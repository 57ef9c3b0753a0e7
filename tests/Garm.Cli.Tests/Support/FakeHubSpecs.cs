namespace Garm.Cli.Tests.Support;

/// <summary>Tests of commands against a stand-in of the hub, with a profile that is logged in to it.</summary>
public abstract class FakeHubSpecs : IAsyncLifetime
{
    /// <summary>The stand-in.</summary>
    private protected FakeHub Hub { get; private set; } = null!;

    /// <summary>The program.</summary>
    private protected CliRun Cli { get; private set; } = null!;

    /// <inheritdoc />
    public virtual async Task InitializeAsync()
    {
        Hub = await FakeHub.StartAsync();
        Cli = CliRun.LoggedInTo(Hub);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        Cli.Dispose();
        await Hub.DisposeAsync();
    }
}
