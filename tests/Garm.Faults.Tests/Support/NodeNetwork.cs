using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Garm.Cluster.Tests.Support;

namespace Garm.Faults.Tests.Support;

/// <summary>
/// The network between nodes: each has its own loopback address (<c>Garm:Cluster:Hostname</c>), where the test
/// listens and forwards to the node's listener (<c>Garm:Cluster:BindHostname</c>). A connection of Akka's begins with the
/// address of the node that opened it, so the proxy knows which two nodes it joins, and can hold it back.
/// <para>
/// A cut is silent, as a real one is: bytes and the closing of connections are held back. Both sides keep their
/// connection and get no answer on it. Unlike on a real network, a new connection is
/// opened, because it names its origin only then; nothing ever arrives on it.
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

    /// <summary>What happens to the connections that were cut.</summary>
    internal enum Healing
    {
        /// <summary>The held bytes arrive late, as when TCP retransmits.</summary>
        Late,

        /// <summary>
        /// The bytes are lost, and both ends get a reset (RST): something in between has forgotten the connection, as a firewall does, or
        /// one side has given it up.
        /// </summary>
        Reset,
    }

    /// <summary>The number of pieces and ends of connections that were held back.</summary>
    public long Blocked => Interlocked.Read(ref _blocked);

    /// <summary>Starts one in which all nodes reach each other.</summary>
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

    /// <summary>The settings of the node with this number.</summary>
    public (string Key, string? Value)[] SettingsOf(int node) =>
    [
        ("Garm:Cluster:Hostname", HostOf(node)),
        ("Garm:Cluster:BindHostname", "127.0.0.1"),
        ("Garm:Cluster:Port", _ports[node].ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Cuts a node off from all others, in both directions. Bytes in transit then wait, as they do on a network.</summary>
    public void Isolate(int node)
    {
        lock (_gate) (_isolated, _healed) = (node, new TaskCompletionSource<Healing>(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Reconnects all nodes.</summary>
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
                // One side has closed, or the network is being disposed.
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

            // The end of a connection crosses the network like its bytes.
            var isKnown = !ended.IsCompletedSuccessfully || await ended;
            if (isKnown && await IsOpenAsync(from, to)) return;
            Reset(incoming);
            Reset(outgoing);
        }
    }

    // Closes it with RST; disposing the client would first close it with FIN.
    private static void Reset(TcpClient client) => client.Client.Close(timeout: 0);

    // The handshake names its origin, but not its destination.
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
