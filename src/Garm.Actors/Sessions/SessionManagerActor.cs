using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Changes;
using Garm.Actors.Telemetry;
using Garm.Log;

namespace Garm.Actors.Sessions;

/// <summary>
/// The parent of this node's sessions: opens them, limits their number, lists and ends them for administrators, and drains them when
/// the node stops.
/// </summary>
public sealed class SessionManagerActor(SessionPorts ports, EventSessionOptions options) : UntypedActor, IWithTimers
{
    // Open ────DrainSessions────► Draining: refuses new sessions, closes the open ones in steps (DrainPlan), and replies when the
    // last one has ended.

    private const string DrainKey = "drain";

    private readonly List<IActorRef> _awaitDrain = [];
    private readonly Queue<IActorRef> _toClose = [];
    private readonly Dictionary<IActorRef, List<(IActorRef Asker, long Ask)>> _awaitEnd = [];
    private DrainPlan _drain;

    // Of the list that began last. A relay that does not answer is waited for once a list, not once a page.
    private LogPosition? _head;
    private readonly SessionRegistry _registry = new(options);

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    /// <param name="ports">The actors that its sessions talk to.</param>
    /// <param name="options">Settings.</param>
    public static Props Props(SessionPorts ports, EventSessionOptions options) =>
        Akka.Actor.Props.Create(() => new SessionManagerActor(ports, options));

    // A restarted session would have lost its filter and place and would stay silent. A stopped one closes its connection, and the
    // client reconnects.
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
            case AskSessionPage query:
                BeginPage(query);
                break;
            case SessionPageActor.HeadRead read:
                _head = read.Head;
                break;
            case EndSession end:
                End(end);
                break;
            case Terminated terminated:
                _registry.Remove(terminated.ActorRef);
                SessionTelemetry.Gone();
                TellEnded(terminated.ActorRef);
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
        if (session.IsNobody()) // Otherwise this is a repeated command.
        {
            var props = EventSessionActor.Props(open.Id, open.Grant, open.Outbound, ports, options, open.Stream);
            if (options.Dispatcher is { } dispatcher) props = props.WithDispatcher(dispatcher);
            session = Context.Watch(Context.ActorOf(props, name));
            _registry.Add(new SessionEntry(open.Id, session, open.Grant.UserId)
            {
                User = open.Grant.Username,
                Address = open.Address,
                Transport = TransportOf(open.Stream),
                Since = Context.System.Scheduler.Now,
            });
            SessionTelemetry.Opened();
        }

        Sender.Tell(new SessionOpened(open.Id, session));
    }

    private static string TransportOf(FrameForm? stream) => stream switch
    {
        null => SessionTransports.WebSocket,
        FrameForm.ServerSentEvents => SessionTransports.ServerSentEvents,
        _ => SessionTransports.Lines,
    };

    private void BeginPage(AskSessionPage query)
    {
        // One more than a page has, to know whether more follow.
        var sessions = _registry.After(query.After).Take(SessionPageActor.MostSessions + 1).ToImmutableArray();
        var isLast = sessions.Length <= SessionPageActor.MostSessions;
        if (!isLast) sessions = sessions[..SessionPageActor.MostSessions];
        var head = query.After is null ? new SessionPageActor.Head(null, ports.Relay) : new SessionPageActor.Head(_head, null);
        Context.ActorOf(SessionPageActor.Props(query, Sender, sessions, isLast, head, options.DescribeTimeout));
    }

    private void End(EndSession end)
    {
        if (_registry.Find(end.Id) is not { } session)
        {
            Sender.Tell(new SessionEndAnswer(end.Ask, false), ActorRefs.NoSender);
            return;
        }

        if (!_awaitEnd.TryGetValue(session, out var askers)) _awaitEnd[session] = askers = [];
        askers.Add((Sender, end.Ask));
        session.Tell(new CloseSession(SessionCloseReason.EndedByAdministrator));
    }

    private void TellEnded(IActorRef session)
    {
        if (!_awaitEnd.Remove(session, out var askers)) return;
        foreach (var (asker, ask) in askers) asker.Tell(new SessionEndAnswer(ask, true), ActorRefs.NoSender);
    }

    private void Refuse(OpenSession open, SessionRefusal reason)
    {
        SessionTelemetry.Refused(reason);
        Sender.Tell(new SessionRefused(open.Id, reason));
    }

    private void BeginDrain()
    {
        foreach (var session in _registry.After(null)) _toClose.Enqueue(session.Session); // Not all children are sessions.
        _drain = DrainPlan.For(_toClose.Count, options.CloseSpread);
        CloseSome();
    }

    private void CloseSome()
    {
        for (var closed = 0; closed < _drain.AtOnce && _toClose.TryDequeue(out var session);)
        {
            if (!_registry.Contains(session)) continue; // The session has already ended.
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

    private sealed record DrainStepDue : IPrivateMessage;
}
