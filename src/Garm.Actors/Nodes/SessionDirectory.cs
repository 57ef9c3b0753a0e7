using System.Collections.Immutable;
using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Clustering;
using Garm.Actors.Sessions;

namespace Garm.Actors.Nodes;

/// <summary>The event sessions of all nodes of the cluster, for administrators.</summary>
public interface ISessionDirectory
{
    /// <summary>
    /// Lists the sessions. It takes some milliseconds; up to <see cref="SessionQueryOptions.Limit"/> when a node does not answer.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<SessionList> ListAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Ends a session on any node: the client gets its queued frames and then the close frame of
    /// <see cref="SessionCloseReason.EndedByAdministrator"/>. It may reconnect at once.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the session may nevertheless end.</exception>
    Task<SessionEnd> EndAsync(SessionId id, CancellationToken cancellation = default);
}

/// <summary>The sessions of the nodes that answered.</summary>
/// <param name="Sessions">The sessions, in the order of the nodes' names and then of the ids.</param>
/// <param name="UnansweredNodes">The names of the nodes from which not all sessions are known, because they did not answer in time.</param>
public sealed record SessionList(ImmutableArray<NodeSession> Sessions, ImmutableArray<string> UnansweredNodes);

/// <summary>A session and its node.</summary>
/// <param name="Node">The node's name: host and port of its cluster address; the machine's name without a cluster.</param>
/// <param name="Session">The session.</param>
public sealed record NodeSession(string Node, SessionInfo Session);

/// <summary>The result of ending a session.</summary>
/// <param name="IsFound">Whether it was found, and has ended.</param>
/// <param name="Node">The node that had it; null when it was not found.</param>
/// <param name="UnansweredNodes">
/// When it was not found: the nodes that did not answer in time, which may have it. Empty when the session does not exist.
/// </param>
public sealed record SessionEnd(bool IsFound, string? Node, ImmutableArray<string> UnansweredNodes);

/// <summary>The time limits of a query.</summary>
public sealed record SessionQueryOptions
{
    /// <summary>The longest silence of a node before the query goes on without it. Default 5 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The limit of the whole query; nodes whose answers are incomplete by then are named. Default 20 s, because there may be many pages.
    /// </summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>Queries the session managers of all nodes.</summary>
internal sealed class SessionDirectory(
    ActorSystem hub, IRequiredActor<SessionManagerActor> sessions, ClusterStatus cluster, SessionQueryOptions options) : ISessionDirectory
{
    /// <inheritdoc />
    public async Task<SessionList> ListAsync(CancellationToken cancellation = default)
    {
        var result = new TaskCompletionSource<SessionList>(TaskCreationOptions.RunContinuationsAsynchronously);
        await BeginAsync(nodes => SessionListActor.Props(nodes, options, result), cancellation).ConfigureAwait(false);
        return await result.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<SessionEnd> EndAsync(SessionId id, CancellationToken cancellation = default)
    {
        var result = new TaskCompletionSource<SessionEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        await BeginAsync(nodes => SessionEndActor.Props(id, nodes, options, result), cancellation).ConfigureAwait(false);
        return await result.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    // The other nodes can answer only an actor of the cluster's system.
    private async Task BeginAsync(Func<ImmutableArray<QueriedNode>, Props> props, CancellationToken cancellation)
    {
        var manager = await sessions.GetAsync(cancellation).ConfigureAwait(false);
        var link = cluster.Link;
        var query = props(QueriedNodes.Of(manager, link, cluster));
        try
        {
            (link?.System ?? hub).ActorOf(query);
        }
        catch (InvalidOperationException) when (link is not null)
        {
            // The cluster's system is ending: this node answers, and the others are named as unanswered.
            hub.ActorOf(query);
        }
    }
}
