using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Garm.Cluster.Tests.Support;

namespace Garm.Faults.Tests.Support;

/// <summary>
/// The network between nodes: each is known by a loopback address of its own (<c>Garm:Cluster:Hostname</c>), where the test
/// listens and passes on to where the node does (<c>Garm:Cluster:BindHostname</c>). A connection of Akka's begins with the
/// address of who opened it; so it is known which two nodes it joins, and may be held back.
/// <para>
/// A cut is silent, as a real one is: bytes vanish from sight, and so do the ends of connections. Both sides keep what they
/// believe to be a connection, and learn nothing but that no answer comes. Other than on a real network a new connection is
/// opened, since it names its origin only then; nothing is ever heard on it.
/// </para>
/// </summary>
internal sealed class NodeNetwork : IAsyncDisposable
{
    private const int NoNode = -1;

    private readonly int[] _ports;
    private readonly TcpListener[] _listeners;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _work = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource<Healing> _healed = new();
    private int _isolated = NoNode;
    private long _blocked;

    private NodeNetwork(int nodes)
    {
        _ports = [.. Enumerable.Range(0, nodes).Select(_ => FreePort.Take())];
        _listeners = [.. Enumerable.Range(0, nodes).Select(x => new TcpListener(IPAddress.Parse(HostOf(x)), _ports[x]))];
    }

    /// <summary>What becomes of the connections that were cut.</summary>
    internal enum Healing
    {
        /// <summary>What has waited arrives late, as what TCP sends again.</summary>
        Late,

        /// <summary>
        /// It is lost, and both ends are told (RST): something in between has forgotten the connection, as a firewall does, or
        /// one side has given it up.
        /// </summary>
        Reset,
    }

    /// <summary>How many pieces and ends of connections were held back.</summary>
    public long Blocked => Interlocked.Read(ref _blocked);

    /// <summary>Starts one in which all reach all.</summary>
    public static NodeNetwork Start(int nodes)
    {
        var network = new NodeNetwork(nodes);
        foreach (var (node, listener) in network._listeners.Index())
        {
            listener.Start();
            network.Run(() => network.AcceptAsync(node, listener));
        }

        return network;
    }

    /// <summary>What the node of this number has to be told.</summary>
    public (string Key, string? Value)[] SettingsOf(int node) =>
    [
        ("Garm:Cluster:Hostname", HostOf(node)),
        ("Garm:Cluster:BindHostname", "127.0.0.1"),
        ("Garm:Cluster:Port", _ports[node].ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Cuts a node off from all others, both ways. What is under way then waits, as it does on a network.</summary>
    public void Isolate(int node)
    {
        lock (_gate) (_isolated, _healed) = (node, new TaskCompletionSource<Healing>(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>All reach all again.</summary>
    public void Heal(Healing healing)
    {
        lock (_gate)
        {
            _isolated = NoNode;
            _healed.TrySetResult(healing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Heal(Healing.Reset);
        await _end.CancelAsync();
        foreach (var listener in _listeners) listener.Dispose();
        Task[] work;
        lock (_gate) work = [.. _work];
        await Task.WhenAll(work);
        _end.Dispose();
    }

    private static string HostOf(int node) => string.Create(CultureInfo.InvariantCulture, $"127.0.1.{node + 1}");

    private void Run(Func<Task> work)
    {
        lock (_gate) _work.Add(Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of both sides has gone, or the network is taken down.
            }
        }));
    }

    private async Task AcceptAsync(int to, TcpListener listener)
    {
        while (true)
        {
            var incoming = await listener.AcceptTcpClientAsync(_end.Token);
            Run(() => JoinAsync(incoming, to));
        }
    }

    private async Task JoinAsync(TcpClient incoming, int to)
    {
        using (incoming)
        using (var outgoing = new TcpClient { NoDelay = true })
        {
            incoming.NoDelay = true;
            var first = new byte[4096];
            var length = 0;
            int from;
            do
            {
                var read = await incoming.GetStream().ReadAsync(first.AsMemory(length), _end.Token);
                if (read == 0) return;
                length += read;
                from = OriginOf(first.AsSpan(0, length), to);
            }
            while (from == NoNode && length < first.Length);

            if (from == NoNode) throw new IOException("the connection does not say whose it is");
            if (!await IsOpenAsync(from, to))
            {
                Reset(incoming);
                return;
            }

            await outgoing.ConnectAsync(IPAddress.Loopback, _ports[to], _end.Token);
            await outgoing.GetStream().WriteAsync(first.AsMemory(0, length), _end.Token);
            var ended = await Task.WhenAny(PassAsync(incoming, outgoing, from, to), PassAsync(outgoing, incoming, from, to));

            // The end of a connection crosses the network as its bytes do.
            var isKnown = !ended.IsCompletedSuccessfully || await ended;
            if (isKnown && await IsOpenAsync(from, to)) return;
            Reset(incoming);
            Reset(outgoing);
        }
    }

    // Ends it with RST; disposing the client would shut it down before, with FIN.
    private static void Reset(TcpClient client) => client.Client.Close(timeout: 0);

    // The handshake names its origin; it does not name the one it is meant for.
    private int OriginOf(ReadOnlySpan<byte> bytes, int to)
    {
        for (var node = 0; node < _ports.Length; node++)
        {
            if (node != to && bytes.IndexOf(Encoding.ASCII.GetBytes(HostOf(node))) >= 0) return node;
        }

        return NoNode;
    }

    // Until the source ends; false when the network has forgotten the connection.
    private async Task<bool> PassAsync(TcpClient source, TcpClient target, int from, int to)
    {
        var buffer = new byte[64 * 1024];
        while (await source.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var read)
        {
            if (!await IsOpenAsync(from, to)) return false;
            await target.GetStream().WriteAsync(buffer.AsMemory(0, read), _end.Token);
        }

        return true;
    }

    // Waits for the network; false when it is back without this connection.
    private async Task<bool> IsOpenAsync(int from, int to)
    {
        Task<Healing> healed;
        lock (_gate)
        {
            if (_isolated != from && _isolated != to) return true;
            healed = _healed.Task;
        }

        Interlocked.Increment(ref _blocked);
        return await healed.WaitAsync(_end.Token) == Healing.Late;
    }
}
