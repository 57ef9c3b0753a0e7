using Akka.Actor;

namespace Garm.Actors.Sessions;

/// <summary>
/// Parent of this node's sessions: the only one that opens them, and so the one that counts, refuses and drains them.
/// </summary>
public sealed class SessionManagerActor(SessionPorts ports, EventSessionOptions options) : UntypedActor
{
    // Open ────DrainSessions────► Draining: refuses new sessions, and answers once the last open one has ended.

    private readonly List<IActorRef> _awaitDrain = [];
    private int _open;

    /// <summary>How to make one.</summary>
    /// <param name="ports">Whom its sessions talk to.</param>
    /// <param name="options">Settings.</param>
    public static Props Props(SessionPorts ports, EventSessionOptions options) =>
        Akka.Actor.Props.Create(() => new SessionManagerActor(ports, options));

    // A restarted session would hold a socket and know neither its filter nor its subscriptions: it would be silent for
    // ever. Stopped, it closes its socket, and the client comes back.
    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <inheritdoc />
    protected override void OnReceive(object message) => Open(message);

    private void Open(object message)
    {
        switch (message)
        {
            case OpenSession open when _open < options.MaxSessions:
                OpenChild(open);
                break;
            case OpenSession open:
                Sender.Tell(new SessionRefused(open.Id, SessionRefusal.TooManySessions));
                break;
            case DrainSessions:
                Become(Draining);
                foreach (var session in Context.GetChildren()) session.Tell(new CloseSession(SessionCloseReason.GoingAway));
                AwaitDrain(Sender);
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Draining(object message)
    {
        switch (message)
        {
            case OpenSession open:
                Sender.Tell(new SessionRefused(open.Id, SessionRefusal.Draining));
                break;
            case DrainSessions:
                AwaitDrain(Sender);
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void InAnyState(object message)
    {
        switch (message)
        {
            case GetSessionCount:
                Sender.Tell(new SessionCount(_open));
                break;
            case Terminated:
                _open--;
                TellDrained();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OpenChild(OpenSession open)
    {
        var name = $"session-{open.Id}";
        var session = Context.Child(name);
        if (session.IsNobody()) // Otherwise the question is asked again, and the answer is the same.
        {
            var props = EventSessionActor.Props(open.Id, open.Grant, open.Outbound, ports, options);
            session = Context.Watch(Context.ActorOf(props, name));
            _open++;
        }

        Sender.Tell(new SessionOpened(open.Id, session));
    }

    private void AwaitDrain(IActorRef asker)
    {
        _awaitDrain.Add(asker);
        TellDrained();
    }

    private void TellDrained()
    {
        if (_open > 0) return;
        foreach (var asker in _awaitDrain) asker.Tell(new SessionsDrained());
        _awaitDrain.Clear();
    }
}
