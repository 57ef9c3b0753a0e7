using Garm.TestUtilities;

namespace Garm.Host.Tests;

/// <summary>The host as a process: how it starts, how it refuses to, and how it ends.</summary>
public sealed class RunningHostSpecs
{
    [Fact]
    public async Task Host_ShouldEndWithZero_WhenAskedToStop()
    {
        await using var host = await RunningHost.StartAsync(new Dictionary<string, string?>());

        await host.StopAsync();

        Assert.Equal(0, host.ExitCode);
    }

    [Fact]
    public async Task StartThatFails_ShouldSayWhy()
    {
        var settings = new Dictionary<string, string?> { ["Garm:Database:Provider"] = "Abacus" };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningHost.StartAsync(settings));

        Assert.Contains("exit code 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Garm:Database:Provider", fault.Message, StringComparison.Ordinal);
    }
}
