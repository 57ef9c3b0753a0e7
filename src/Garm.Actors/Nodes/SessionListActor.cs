using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Sessions;

namespace Garm.Actors.Nodes;

/// <summary>
/// Collects the sessions of all nodes, page by page from each, and then stops. A node that is silent for too long is named in the result,
/// which has the pages that it sent before.
/// </summary>
internal sealed class SessionListActor(
    ImmutableArray<QueriedNode> nodes, SessionQueryOptions options, TaskCompletionSource<SessionList> result) : UntypedActor, IWithTimers
{
    private readonly List<SessionInfo>[] _sessions = [.. nodes.Select(_ => new List<SessionInfo>())];

    // The node of each open request.
    private readonly Dictionary<long, int> _asked = [];
    private readonly HashSet<long> _silent = [];
    private long _asks;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    public static Props Props(ImmutableArray<QueriedNode> nodes, SessionQueryOptions options, TaskCompletionSource<SessionList> result) =>
        Akka.Actor.Props.Create(() => new SessionListActor(nodes, options, result));

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartSingleTimer("limit", new LimitReached(), options.Limit);
        for (var node = 0; node < nodes.Length; node++) Ask(node, null);
    }

    // Also when the cluster's system ends before all pages have arrived.
    /// <inheritdoc />
    protected override void PostStop() => result.TrySetResult(Result());

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SessionPage page:
                if (_asked.Remove(page.Ask, out var node)) Take(node, page);
                break;
            case NodeSilent silent:
                if (_asked.ContainsKey(silent.Ask)) GiveUp(silent.Ask);
                break;
            case LimitReached:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Ask(int node, SessionId? after)
    {
        var ask = ++_asks;
        _asked[ask] = node;
        Timers.StartSingleTimer(node, new NodeSilent(ask), options.Patience);
        nodes[node].Actor.Tell(new AskSessionPage(ask, after), Self);
    }

    private void Take(int node, SessionPage page)
    {
        _sessions[node].AddRange(page.Sessions);
        if (page.Next is { } after)
        {
            Ask(node, after);
            return;
        }

        Timers.Cancel(node);
        StopIfComplete();
    }

    // The request stays open, so that the node is named; it gets no further request.
    private void GiveUp(long ask)
    {
        _silent.Add(ask);
        StopIfComplete();
    }

    private void StopIfComplete()
    {
        if (_asked.Keys.All(_silent.Contains)) Context.Stop(Self);
    }

    private SessionList Result() => new(
        [.. nodes.Zip(_sessions).SelectMany(x => x.Second.Select(session => new NodeSession(x.First.Name, session)))],
        [.. _asked.Values.Order().Select(x => nodes[x].Name)]);

    private sealed record NodeSilent(long Ask) : IPrivateMessage;

    private sealed record LimitReached : IPrivateMessage;
}
