using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Garm.TestUtilities;

namespace Garm.Faults.Tests.Support;

/// <summary>The network of namespaces, with a bare socket on each side: a cut must be silent, and nothing may remain in the end.</summary>
public sealed class NamespacedNetworkSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [LongFact]
    public async Task ACut_HoldsBackBytes_AndTheEndOfTheConnection_UntilTheHeal()
    {
        await using var network = await NamespacedNetwork.StartAsync(nodes: 2);
        using var listener = await network.OpenSocketAsync(0);
        listener.Bind(NamespacedNetwork.EndpointOf(0));
        listener.Listen();
        Assert.True(await network.ConnectsAsync(1, 0));
        using var client = await network.OpenSocketAsync(1);
        await client.ConnectAsync(NamespacedNetwork.EndpointOf(0));
        (await listener.AcceptAsync()).Dispose();
        using var server = await listener.AcceptAsync();

        await network.CutAsync(1);
        var sent = (await network.PacketsAsync(1)).From;
        var reading = ReadToEndAsync(server);
        await client.SendAsync("late"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);
        await Retry.UntilAsync("the bytes have vanished, twice", async () => (await network.PacketsAsync(1)).From >= sent + 2, Patience);
        Assert.False(await network.ConnectsAsync(1, 0));
        Assert.False(reading.IsCompleted);

        await network.HealAsync(1);
        Assert.Equal("late", await reading.WaitAsync(Patience));
        Assert.True(await network.ConnectsAsync(1, 0));
    }

    [LongFact]
    public async Task AHostInside_IsReachedByTheTest_AndIsKilledItself()
    {
        await using var network = await NamespacedNetwork.StartAsync(nodes: 1);
        await using var host = await RunningHost.StartAsync(
            network.SettingsOf(0).ToDictionary(x => x.Key, x => x.Value), network.PlaceOf(0));
        Assert.Single(await network.Namespaces[^1].ProcessesAsync());

        await host.KillAsync();

        Assert.Empty(await network.Namespaces[^1].ProcessesAsync());
    }

    [LongFact]
    public async Task NothingIsLeft_InTheEnd()
    {
        var network = await NamespacedNetwork.StartAsync(nodes: 2);
        await using var another = await NamespacedNetwork.StartAsync(nodes: 1); // In parallel, as tests run.
        using var process = await StartSleepingAsync(network.Namespaces[^1]);

        await network.DisposeAsync();

        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Empty((await NetworkNamespace.ListAsync()).Intersect(network.Namespaces.Select(x => x.Name)));
        Assert.False(Path.Exists($"/sys/class/net/{network.Cable}"));
        Assert.True(Path.Exists($"/sys/class/net/{another.Cable}"));
    }

    [LongFact]
    public async Task WhatAProcessThatHasEnded_LeftBehind_IsRemoved()
    {
        await NetworkNamespace.SkipWhereNotPermittedAsync();
        using var owner = Process.Start("true");
        await owner.WaitForExitAsync();
        var left = await NetworkNamespace.CreateAsync(owner.Id);
        using var process = await StartSleepingAsync(left);
        await using var mine = await NetworkNamespace.CreateAsync();

        await NetworkNamespace.RemoveLeftoversAsync();

        await process.WaitForExitAsync().WaitAsync(Patience);
        var names = await NetworkNamespace.ListAsync();
        Assert.DoesNotContain(left.Name, names);
        Assert.Contains(mine.Name, names);
    }

    private static async Task<Process> StartSleepingAsync(NetworkNamespace inside)
    {
        var process = Process.Start(inside.Launcher[0], [.. inside.Launcher[1..], "sleep", "infinity"]);
        await Retry.UntilAsync("it sleeps inside", async () => (await inside.ProcessesAsync()).Contains(process.Id), Patience);
        return process;
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }
}
