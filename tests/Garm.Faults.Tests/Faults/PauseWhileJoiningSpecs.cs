using Garm.Cluster.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>
/// A node is paused when its cluster port opens, until the other seed node has given up its first connection to it. When it resumes,
/// it finds that connection, takes it for a valid one, and may never get an answer on it. Whether this happens depends on
/// milliseconds (about one time in five), so the test repeats it several times; each time the node must become a member.
/// </summary>
public sealed class PauseWhileJoiningSpecs(ITestOutputHelper output)
{
    private const int Tries = 4;

    // A little longer than a node waits for the other's first message (cluster.conf, connection-timeout).
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(5.4);

    [LongFact]
    public async Task ANodeThatStandsStill_WhileTheOtherFirstAssociatesWithIt_BecomesAMember()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the kernel's list of sockets tells when the port opens");
        for (var run = 0; run < Tries; run += 2) await Task.WhenAll(TryAsync(), TryAsync());
    }

    private async Task TryAsync()
    {
        int[] ports = [FreePort.Take(), FreePort.Take()];
        await using var cluster = new HubCluster();
        RunningHost Launch(int node) => cluster.Launch(
            ("Garm:Cluster:Port", $"{ports[node]}"),
            ("Garm:Cluster:SeedNodes:0", $"akka.tcp://garm@127.0.0.1:{ports[0]}"),
            ("Garm:Cluster:SeedNodes:1", $"akka.tcp://garm@127.0.0.1:{ports[1]}"),
            // A database each: a process that is paused within a write would keep the other from starting.
            ("Garm:DataDirectory", Path.Combine(cluster.DataDirectory, $"{node}")));

        var paused = Launch(1);
        await UntilListensAsync(ports[1]);
        paused.Pause();
        RunningHost other;
        try
        {
            other = Launch(0);
            await UntilListensAsync(ports[0]);
            await Task.Delay(StandsStill); // The pause itself is the fault.
        }
        finally
        {
            paused.Resume();
        }

        foreach (var node in new[] { other, paused })
        {
            await node.WaitUntilListeningAsync();
            await node.WaitUntilReadyAsync();
        }

        output.WriteLine(paused.Output.Contains("the cluster system is restarted", StringComparison.Ordinal)
            ? "a member, with a cluster system that was started anew" : "a member, with its first cluster system");
    }

    private static Task UntilListensAsync(int port) => Retry.UntilAsync(
        $"port {port} is listened on", () => Task.FromResult(Listens(port)), TimeSpan.FromSeconds(120));

    private static bool Listens(int port) => File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
        .Select(x => x.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Any(x => x.Length > 3 && x[3] == "0A" && x[1].EndsWith($":{port:X4}", StringComparison.Ordinal));
}
