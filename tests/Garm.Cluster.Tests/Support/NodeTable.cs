using Garm.Log.Nodes;

namespace Garm.Cluster.Tests.Support;

/// <summary>The table of nodes and the turn in memory, which fail on command.</summary>
internal sealed class NodeTable : INodeRegistry, IFormingTurn
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NodeId, LiveNode> _nodes = [];
    private NodeId? _turn;

    public bool Fails { get; set; }

    public int Beats { get; private set; }

    /// <summary>Who has the turn.</summary>
    public NodeId? Turn
    {
        get
        {
            lock (_lock) return _turn;
        }
        set
        {
            lock (_lock) _turn = value;
        }
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<LiveNode> Nodes
    {
        get
        {
            lock (_lock) return [.. _nodes.Values];
        }
    }

    /// <summary>Puts another node's row there.</summary>
    public void Set(LiveNode node)
    {
        lock (_lock) _nodes[node.Id] = node;
    }

    public Task<IReadOnlyList<LiveNode>> BeatAsync(NodeBeat beat, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Beats++;
            if (Fails) throw new InvalidOperationException("The table fails on command.");
            _nodes[beat.Id] = new LiveNode(beat.Id, beat.Address, beat.Joined);
            return Task.FromResult<IReadOnlyList<LiveNode>>([.. _nodes.Values]);
        }
    }

    public Task RemoveAsync(NodeId id, CancellationToken cancellation)
    {
        lock (_lock) _nodes.Remove(id);
        return Task.CompletedTask;
    }

    public Task<bool> TryTakeAsync(NodeId id, TimeSpan length, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (Fails) throw new InvalidOperationException("The table fails on command.");
            _turn ??= id;
            return Task.FromResult(_turn == id);
        }
    }

    public Task ReturnAsync(NodeId id, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_turn == id) _turn = null;
        }

        return Task.CompletedTask;
    }
}
