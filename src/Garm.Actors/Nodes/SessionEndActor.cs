using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Sessions;

namespace Garm.Actors.Nodes;

/// <summary>Asks all nodes to end a session, until one has ended it or all have answered, and then stops.</summary>
internal sealed class SessionEndActor(
    SessionId id, ImmutableArray<QueriedNode> nodes, SessionQueryOptions options, TaskCompletionSource<SessionEnd> result)
    : UntypedActor, IWithTimers
{
    private readonly HashSet<int> _silent = [.. Enumerable.Range(0, nodes.Length)];
    private int? _found;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    public static Props Props(
        SessionId id, ImmutableArray<QueriedNode> nodes, SessionQueryOptions options, TaskCompletionSource<SessionEnd> result) =>
        Akka.Actor.Props.Create(() => new SessionEndActor(id, nodes, options, result));

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartSingleTimer("patience", new PatienceOver(), options.Patience);
        for (var node = 0; node < nodes.Length; node++) nodes[node].Actor.Tell(new EndSession(node, id), Self);
    }

    // Also when the cluster's system ends before all nodes have answered.
    /// <inheritdoc />
    protected override void PostStop() => result.TrySetResult(
        _found is { } node
            ? new SessionEnd(true, nodes[node].Name, [])
            : new SessionEnd(false, null, [.. _silent.Order().Select(x => nodes[x].Name)]));

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SessionEndAnswer answer:
                if (_silent.Remove((int)answer.Ask) && answer.Found) _found = (int)answer.Ask;
                if (_found is not null || _silent.Count == 0) Context.Stop(Self);
                break;
            case PatienceOver:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private sealed record PatienceOver : IPrivateMessage;
}
