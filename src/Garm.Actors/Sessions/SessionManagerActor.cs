using Akka.Actor;
using Garm.Actors.Telemetry;

namespace Garm.Actors.Sessions;

/// <summary>
/// Parent of this node's sessions: the only one that opens them, and so the one that counts, refuses and drains them.
/// </summary>
public sealed class SessionManagerActor(SessionPorts ports, EventSessionOptions options) : UntypedActor, IWithTimers
{
    // Open ────DrainSessions────► Draining: refuses new sessions, closes the open ones step by step (DrainPlan), and answers
    // once the last one has ended.

    private const string DrainKey = "drain";

    private readonly List<IActorRef> _awaitDrain = [];
    private readonly Queue<IActorRef> _toClose = [];
    private DrainPlan _drain;
    private readonly SessionRegistry _registry = new(options);

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

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
            case OpenSession open when _registry.Refuses(open.Grant.UserId) is { } reason:
                Refuse(open, reason);
                break;
            case OpenSession open:
                OpenChild(open);
                break;
            case DrainSessions:
                Become(Draining);
                BeginDrain();
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
                Refuse(open, SessionRefusal.Draining);
                break;
            case DrainSessions:
                AwaitDrain(Sender);
                break;
            case DrainStepDue:
                CloseSome();
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
                Sender.Tell(new SessionCount(_registry.Open));
                break;
            case Terminated terminated:
                _registry.Remove(terminated.ActorRef);
                SessionTelemetry.Gone();
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
            if (options.Dispatcher is { } dispatcher) props = props.WithDispatcher(dispatcher);
            session = Context.Watch(Context.ActorOf(props, name));
            _registry.Add(session, open.Grant.UserId);
            SessionTelemetry.Opened();
        }

        Sender.Tell(new SessionOpened(open.Id, session));
    }

    private void Refuse(OpenSession open, SessionRefusal reason)
    {
        SessionTelemetry.Refused(reason);
        Sender.Tell(new SessionRefused(open.Id, reason));
    }

    private void BeginDrain()
    {
        foreach (var session in Context.GetChildren()) _toClose.Enqueue(session);
        _drain = DrainPlan.For(_toClose.Count, options.CloseSpread);
        CloseSome();
    }

    private void CloseSome()
    {
        for (var closed = 0; closed < _drain.AtOnce && _toClose.TryDequeue(out var session);)
        {
            if (!_registry.Contains(session)) continue; // It has ended by itself.
            session.Tell(new CloseSession(SessionCloseReason.GoingAway));
            closed++;
        }

        if (_toClose.Count > 0) Timers.StartSingleTimer(DrainKey, new DrainStepDue(), DrainPlan.Step);
    }

    private void AwaitDrain(IActorRef asker)
    {
        _awaitDrain.Add(asker);
        TellDrained();
    }

    private void TellDrained()
    {
        if (_registry.Open > 0) return;
        foreach (var asker in _awaitDrain) asker.Tell(new SessionsDrained());
        _awaitDrain.Clear();
    }

    private sealed record DrainStepDue : IPrivateNote;
}
