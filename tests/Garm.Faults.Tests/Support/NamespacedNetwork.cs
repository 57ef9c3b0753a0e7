using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Garm.TestUtilities;

namespace Garm.Faults.Tests.Support;

/// <summary>
/// A real network between nodes on one machine: each node runs in its own network namespace, with a cable
/// (veth) to a switch (bridge) that carries only the cluster's traffic, and one to another switch for the test's. The
/// switches are in a namespace too: the machine itself sees only the test's own cable.
/// <para>
/// A node is cut off by taking its cable off the cluster's switch. The node gets no signal: the carrier stays, its
/// packets are dropped, none arrive, and TCP retransmits.
/// </para>
/// </summary>
internal sealed class NamespacedNetwork : IAsyncDisposable
{
    // The same at each node, because a namespace has its own ports.
    private const int ClusterPort = 2552;

    // 198.18.0.0/15 is reserved for tests of networks; each network here has 256 addresses of its first half.
    private const int Blocks = 256;
    private const int NoBlock = -1;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(2);

    private readonly List<NetworkNamespace> _namespaces = [];
    private int _block = NoBlock;

    private NamespacedNetwork()
    {
    }

    /// <summary>The switches' namespace, and then those of the nodes.</summary>
    public IReadOnlyList<NetworkNamespace> Namespaces => _namespaces;

    /// <summary>The test's end of its cable, the only interface outside of the namespaces.</summary>
    public string Cable => CableOf(_block);

    private NetworkNamespace Switches => _namespaces[0];

    /// <summary>Creates one in which all nodes reach each other; skips the test if that is not permitted.</summary>
    public static async Task<NamespacedNetwork> StartAsync(int nodes)
    {
        await NetworkNamespace.SkipWhereNotPermittedAsync();
        await NetworkNamespace.RemoveLeftoversAsync();
        var network = new NamespacedNetwork();
        try
        {
            await network.AddSwitchesAsync();
            for (var node = 0; node < nodes; node++) await network.AddNodeAsync(node);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of a node in the cluster.</summary>
    public static IPEndPoint EndpointOf(int node) => new(IPAddress.Parse(ClusterAddressOf(node)), ClusterPort);

    /// <summary>The settings of the node with this number.</summary>
    public (string Key, string? Value)[] SettingsOf(int node) =>
    [
        ("Garm:Cluster:Hostname", ClusterAddressOf(node)),
        ("Garm:Cluster:Port", ClusterPort.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>The place of the node with this number.</summary>
    public HostPlace PlaceOf(int node) => new(AddressOf(node), InsideOf(node).Launcher);

    /// <summary>Cuts a node off from all others, in both directions.</summary>
    public Task CutAsync(int node) => Switches.IpAsync($"link set dev cluster{node} nomaster");

    /// <summary>Reconnects all nodes.</summary>
    public Task HealAsync(int node) => Switches.IpAsync($"link set dev cluster{node} master cluster");

    /// <summary>The numbers of packets that the switch's end of a node's cable has received from the node and sent to it.</summary>
    public async Task<(long From, long To)> PacketsAsync(int node)
    {
        using var told = JsonDocument.Parse(await Switches.TellAsync($"cluster{node}"));
        var count = told.RootElement[0].GetProperty("stats64");
        return (count.GetProperty("rx").GetProperty("packets").GetInt64(), count.GetProperty("tx").GetProperty("packets").GetInt64());
    }

    /// <summary>A socket in the namespace of the node with this number.</summary>
    public Task<Socket> OpenSocketAsync(int node) => InsideOf(node).InsideAsync(
        () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });

    /// <summary>Whether a connection from one node to the cluster address of another can be opened; a refusal is an exception.</summary>
    public async Task<bool> ConnectsAsync(int from, int to)
    {
        using var socket = await OpenSocketAsync(from);
        using var patience = new CancellationTokenSource(ConnectPatience);
        try
        {
            await socket.ConnectAsync(EndpointOf(to), patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.HostUnreachable)
        {
            return false; // Address resolution failed before, because nothing answered.
        }
    }

    /// <summary>Removes everything; end the nodes first.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_namespaces.Select(x => x.DisposeAsync().AsTask()));

        // It is removed with the namespace of its other end, but some time later.
        if (_block == NoBlock) return;
        await Retry.UntilAsync("the test's cable is gone", () => Task.FromResult(!IsThere(Cable)), TimeSpan.FromSeconds(20));
    }

    // SQLite permits a node only a loopback address, so that no one shares the file between machines. In a namespace such
    // an address can be at the end of a cable like any other.
    private static string ClusterAddressOf(int node) => string.Create(CultureInfo.InvariantCulture, $"127.1.0.{node + 1}");

    private static string CableOf(int block) => string.Create(CultureInfo.InvariantCulture, $"garm-test{block}");

    private static bool IsThere(string cable) => Path.Exists($"/sys/class/net/{cable}");

    private NetworkNamespace InsideOf(int node) => _namespaces[node + 1];

    private string AddressOf(int node) => string.Create(CultureInfo.InvariantCulture, $"198.18.{_block}.{node + 2}");

    private async Task AddSwitchesAsync()
    {
        var inside = await AddNamespaceAsync();
        await inside.IpAsync(
            """
            link add name cluster type bridge mcast_snooping 0
            link set dev cluster up
            link add name test type bridge mcast_snooping 0
            link set dev test up
            """);
        await AddCableAsync(inside);
        await inside.IpAsync("link set dev up master test up");
        await Command.RunAsync("ip", ["-batch", "-"],
            $"""
            addr add 198.18.{_block}.1/24 dev {Cable}
            link set dev {Cable} up
            """);
    }

    // An interface's name is unique, so its owner also has the addresses.
    private async Task AddCableAsync(NetworkNamespace inside)
    {
        for (var block = 0; _block == NoBlock; block++)
        {
            try
            {
                await Command.RunAsync("ip", ["link", "add", "name", CableOf(block), "type", "veth", "peer", "name", "up", "netns", inside.Name]);
                _block = block;
            }
            catch (InvalidOperationException) when (block < Blocks - 1 && IsThere(CableOf(block)))
            {
                // An interface of another network.
            }
        }
    }

    private async Task AddNodeAsync(int node)
    {
        var inside = await AddNamespaceAsync();
        foreach (var name in new[] { "cluster", "test" })
        {
            await Switches.IpAsync(
                $"""
                link add name {name}{node} type veth peer name {name} netns {inside.Name}
                link set dev {name}{node} master {name} up
                """);
        }

        // The loopback interface gets its address before it is up; otherwise the kernel gives it all of 127.0.0.0/8.
        await inside.IpAsync(
            $"""
            addr add 127.0.0.1/32 dev lo
            link set dev lo up
            addr add {ClusterAddressOf(node)}/24 dev cluster
            link set dev cluster up
            addr add {AddressOf(node)}/24 dev test
            link set dev test up
            """);
    }

    private async Task<NetworkNamespace> AddNamespaceAsync()
    {
        var inside = await NetworkNamespace.CreateAsync();
        _namespaces.Add(inside);
        await inside.InsideAsync(() =>
        {
            // Packets to and from loopback addresses may cross a cable.
            File.WriteAllText("/proc/sys/net/ipv4/conf/all/route_localnet", "1");

            // With IPv6 an interface sends packets by itself; here all packets must be a node's.
            const string withoutIpv6 = "/proc/sys/net/ipv6/conf/default/disable_ipv6";
            if (Path.Exists(withoutIpv6)) File.WriteAllText(withoutIpv6, "1");
        });
        return inside;
    }
}
