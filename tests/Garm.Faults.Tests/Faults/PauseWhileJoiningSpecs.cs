using Garm.Cluster.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>
/// A node that stands still just as it opens its first connections to the cluster. Whether its first try then hangs is a
/// matter of milliseconds, so it is tried several times: a member it must become each time.
/// </summary>
public sealed class PauseWhileJoiningSpecs(ITestOutputHelper output)
{
    private const int Tries = 3;

    // Longer than the cluster waits for a connection (cluster.conf, connection-timeout).
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(5.4);

    [SkippableFact]
    public async Task ANodeThatStandsStill_WhileItFirstAssociates_BecomesAMember()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the kernel's list of sockets tells when the port opens");
        for (var run = 0; run < Tries; run++) await TryAsync();
    }

    private async Task TryAsync()
    {
        var (seed, other) = (FreePort.Take(), FreePort.Take());
        var seeds = ("Garm:Cluster:SeedNodes:0", $"akka.tcp://garm@127.0.0.1:{seed}");
        await using var cluster = new HubCluster();
        var first = cluster.Launch(seeds, ("Garm:Cluster:Port", $"{seed}"));
        await UntilListensAsync(seed);
        var second = cluster.Launch(seeds, ("Garm:Cluster:Port", $"{other}"));
        await UntilListensAsync(other);

        second.Pause();
        try
        {
            await Task.Delay(StandsStill); // The fault is that time passes.
        }
        finally
        {
            second.Resume();
        }

        await first.WaitUntilListeningAsync();
        await second.WaitUntilListeningAsync();
        await second.WaitUntilReadyAsync();
        output.WriteLine(second.Output.Contains("starts anew", StringComparison.Ordinal)
            ? "a member, with a cluster system that was started anew" : "a member, at the first try");
    }

    private static Task UntilListensAsync(int port) => Retry.UntilAsync(
        $"port {port} is listened on", () => Task.FromResult(Listens(port)), TimeSpan.FromSeconds(60));

    private static bool Listens(int port) => File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
        .Select(x => x.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Any(x => x.Length > 3 && x[3] == "0A" && x[1].EndsWith($":{port:X4}", StringComparison.Ordinal));
}
