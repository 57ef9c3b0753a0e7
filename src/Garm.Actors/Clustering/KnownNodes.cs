using Garm.Log.Nodes;

namespace Garm.Actors.Clustering;

/// <summary>A table of nodes that caches the result of the last heartbeat.</summary>
internal sealed class KnownNodes(INodeRegistry registry) : INodeRegistry
{
    private volatile IReadOnlyList<LiveNode> _latest = [];

    /// <summary>The nodes whose heartbeats were fresh at this node's last one, this node included.</summary>
    public IReadOnlyList<LiveNode> Latest => _latest;

    /// <inheritdoc />
    public async Task<IReadOnlyList<LiveNode>> BeatAsync(NodeBeat beat, CancellationToken cancellation) =>
        _latest = await registry.BeatAsync(beat, cancellation).ConfigureAwait(false);

    /// <inheritdoc />
    public Task RemoveAsync(NodeId id, CancellationToken cancellation) => registry.RemoveAsync(id, cancellation);
}
