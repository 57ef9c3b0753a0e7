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
/// </summary>
internal sealed class NodeNetwork : IAsyncDisposable
{
    private const int NoNode = -1;

    private readonly int[] _ports;
    private readonly TcpListener[] _listeners;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _work = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _healed = Healed();
    private int _isolated = NoNode;
    private long _blocked;

    private NodeNetwork(int nodes)
    {
        _ports = [.. Enumerable.Range(0, nodes).Select(_ => FreePort.Take())];
        _listeners = [.. Enumerable.Range(0, nodes).Select(x => new TcpListener(IPAddress.Parse(HostOf(x)), _ports[x]))];
    }

    /// <summary>How many pieces were held back.</summary>
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
        lock (_gate) (_isolated, _healed) = (node, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>All reach all again, and what has waited arrives late.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _isolated = NoNode;
            _healed.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Heal();
        await _end.CancelAsync();
        foreach (var listener in _listeners) listener.Dispose();
        Task[] work;
        lock (_gate) work = [.. _work];
        await Task.WhenAll(work);
        _end.Dispose();
    }

    private static string HostOf(int node) => string.Create(CultureInfo.InvariantCulture, $"127.0.1.{node + 1}");

    private static TaskCompletionSource Healed()
    {
        var healed = new TaskCompletionSource();
        healed.SetResult();
        return healed;
    }

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
            await UntilOpenAsync(from, to);
            await outgoing.ConnectAsync(IPAddress.Loopback, _ports[to], _end.Token);
            await outgoing.GetStream().WriteAsync(first.AsMemory(0, length), _end.Token);
            await Task.WhenAny(PassAsync(incoming, outgoing, from, to), PassAsync(outgoing, incoming, from, to));
        }
    }

    // The handshake names its origin; it does not name the one it is meant for.
    private int OriginOf(ReadOnlySpan<byte> bytes, int to)
    {
        for (var node = 0; node < _ports.Length; node++)
        {
            if (node != to && bytes.IndexOf(Encoding.ASCII.GetBytes(HostOf(node))) >= 0) return node;
        }

        return NoNode;
    }

    private async Task PassAsync(TcpClient source, TcpClient target, int from, int to)
    {
        var buffer = new byte[64 * 1024];
        while (await source.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var read)
        {
            await UntilOpenAsync(from, to);
            await target.GetStream().WriteAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }

    private async Task UntilOpenAsync(int from, int to)
    {
        Task open;
        lock (_gate)
        {
            if (_isolated != from && _isolated != to) return;
            open = _healed.Task;
        }

        Interlocked.Increment(ref _blocked);
        await open.WaitAsync(_end.Token);
    }
}
