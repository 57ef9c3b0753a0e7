using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;
using Garm.Actors.Reads;
using Garm.Actors.Telemetry;
using Garm.Log;
using MediatorSubscribe = Akka.Cluster.Tools.PublishSubscribe.Subscribe;

namespace Garm.Actors.Changes;

/// <summary>
/// Sends every committed change to this node's subscribers, once and in the order of the log. Batches come from
/// <see cref="DbWatcherActor"/> and the mediator, which may lose, repeat or delay them; gaps are filled from the log.
/// </summary>
public sealed partial class ChangeRelayActor(
    IActorRef? mediator, IChangeLogReader reader, IChangeLogEpochs epochs, ChangeRelayOptions options)
    : UntypedActor, IWithTimers, IWithStash
{
    // Loading ────head read────► Relaying ────a gap lasts────► Repairing ────caught up────► Relaying
    //    └ failed: again, later     └ reads the head periodically      └ failed: again, later
    //
    // When the database has another history than the one that was sent, in Relaying or Repairing:
    //   SwitchingEpoch ────new epoch and divergence point known────► Relaying
    //      └ failed: Relaying, which notices again
    //
    // A restart after a bug begins in Restoring: the former incarnation has sent its subscribers and place to itself. Beginning
    // at the head instead would silently skip what was committed in between.

    private const string HeadCheckKey = "head-check";
    private const string GapKey = "gap";
    private const string RetryKey = "retry";
    private const string MediatorKey = "mediator";
    private const string PauseKey = "pause";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _mediator = mediator ?? ActorRefs.Nobody;
    private ChangeFanOut _fanOut = new(options);
    private ChangeOrder _order = new(default, 0);
    private LatestRead _read = null!;
    private LogEpoch _doubted;
    private bool _restores;
    private bool _running;
    private long _gapsRepaired;

    // In order, to be sent as one batch. They are sent before any request is answered, so that no subscriber can see the delay.
    private readonly ImmutableArray<Change>.Builder _waiting = ImmutableArray.CreateBuilder<Change>();
    private LogPlace _waitingUpTo;
    private SendTrace? _waitingTrace;
    private bool _pausing;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    public IStash Stash { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    /// <param name="mediator">
    /// The cluster's pub-sub mediator until <see cref="MediatorChanged"/> brings another one; null or nobody for none.
    /// </param>
    /// <param name="reader">Reads the log.</param>
    /// <param name="epochs">Begins a new epoch when the database is an older copy.</param>
    /// <param name="options">Settings.</param>
    public static Props Props(
        IActorRef? mediator, IChangeLogReader reader, IChangeLogEpochs epochs, ChangeRelayOptions options) =>
        Akka.Actor.Props.Create(() => new ChangeRelayActor(mediator, reader, epochs, options));

    /// <inheritdoc />
    protected override void PreStart()
    {
        _read = new LatestRead(Context, Timers, "The change log", options.Retry);
        if (_restores) return;
        SubscribeToMediator();
        LookAtHead();
    }

    /// <inheritdoc />
    protected override void PostStop() => _read.Cancel();

    /// <inheritdoc />
    protected override void PreRestart(Exception reason, object message)
    {
        // If the actor still waits for the former incarnation's message, that message is already in the mailbox.
        if (!_restores) Self.Tell(new FormerIncarnation(_fanOut, _mediator));
        base.PreRestart(reason, message);
    }

    /// <inheritdoc />
    protected override void PostRestart(Exception reason)
    {
        _restores = true;
        Become(Restoring);
        PreStart();
    }

    /// <inheritdoc />
    protected override void OnReceive(object message) => Loading(message);

    private void Restoring(object message)
    {
        if (message is not FormerIncarnation former)
        {
            Stash.Stash();
            return;
        }

        _restores = false;
        _fanOut = former.FanOut;
        _mediator = former.Mediator;
        SubscribeToMediator();
        foreach (var subscriber in _fanOut.Subscribers) Context.Watch(subscriber);
        Become(Loading);
        LookAtHead();
        Stash.UnstashAll();
    }

    private void Loading(object message)
    {
        switch (message)
        {
            case ReadDone<LogSnapshot> done when _read.Ends(done):
                StartRelaying(done.Result);
                break;
            case ReadFailed failed when _read.Ends(failed):
                Timers.StartSingleTimer(RetryKey, new RetryDue(), _read.Pause);
                break;
            case RetryDue:
                LookAtHead();
                break;
            case PublishedBatch or Subscribe or Resume or AskPlace or Unsubscribe:
                Stash.Stash();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Relaying(object message)
    {
        switch (message)
        {
            case PublishedBatch published:
                OnBatch(published.Batch);
                WatchGap();
                break;
            case HeadCheckDue:
                LookAtHead();
                break;
            case ReadDone<LogSnapshot> done when _read.Ends(done):
                OnHead(done.Result);
                break;
            case ReadFailed failed when _read.Ends(failed):
                ArmHeadCheck(_read.Pause > options.PollInterval ? _read.Pause : options.PollInterval);
                break;
            case GapDue due when due.After == _order.Head.Position:
                Repair();
                break;
            case GapDue: // The gap is closed; there may be a newer one.
                WatchGap();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Repairing(object message)
    {
        switch (message)
        {
            case PublishedBatch published:
                OnBatch(published.Batch);
                break;
            case ReadDone<LogSnapshot> done when _read.Ends(done):
                OnPage(done.Result);
                break;
            case ReadFailed failed when _read.Ends(failed):
                Timers.StartSingleTimer(RetryKey, new RetryDue(), _read.Pause);
                break;
            case RetryDue:
                ReadPage();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void SwitchingEpoch(object message)
    {
        switch (message)
        {
            case PublishedBatch: // May be of either history; the log has the valid changes.
                break;
            case ReadDone<EpochSwitch> done when _read.Ends(done):
                SwitchEpoch(done.Result);
                BecomeRelaying();
                break;
            case ReadFailed failed when _read.Ends(failed):
                BecomeRelaying();
                ArmHeadCheck(_read.Pause);
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
            case SendDue:
                SendWaiting();
                break;
            case PauseOver over:
                _pausing = false;
                SendWaiting(over.Paused);
                break;
            case Subscribe subscribe:
                SendWaiting();
                Add(subscribe.Subscriber, subscribe.Filter ?? EventFilter.Of(subscribe.Kinds));
                Sender.Tell(new Subscribed(subscribe.Kinds, _order.Head.Position)
                {
                    Epoch = _order.Head.Epoch,
                    Chain = _order.Head.Chain,
                    Round = subscribe.Round,
                });
                break;
            case Resume resume:
                SendWaiting();
                Sender.Tell(AnswerResume(resume));
                break;
            case AskPlace ask:
                SendWaiting();
                Sender.Tell(new PlaceReached(ask.Round, _order.Head));
                break;
            case Unsubscribe unsubscribe:
                Forget(unsubscribe.Subscriber);
                break;
            case Terminated terminated:
                _fanOut.Unsubscribe(terminated.ActorRef);
                break;
            case GetRelayState:
                SendWaiting();
                Sender.Tell(new RelayState(_running, _order.Head, _fanOut.SubscriberCount, _gapsRepaired));
                break;
            case AskRelayPosition:
                Sender.Tell(new RelayPosition(_order.Head.Position));
                break;
            case MediatorRetryDue:
                SubscribeToMediator();
                break;
            case MediatorChanged changed:
                _mediator = changed.Mediator;
                SubscribeToMediator();
                break;
            case SubscribeAck when Sender.Equals(_mediator):
                Timers.Cancel(MediatorKey);
                break;
            case SubscribeAck: // From a replaced mediator.
                break;
            case IReadEnd or HeadCheckDue or GapDue or RetryDue: // From a former state.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void SubscribeToMediator()
    {
        Timers.Cancel(MediatorKey);
        if (_mediator.IsNobody()) return;
        _mediator.Tell(new MediatorSubscribe(PublishedBatch.Topic, Self));
        Timers.StartSingleTimer(MediatorKey, new MediatorRetryDue(), options.MediatorRetry);
    }

    private sealed record FormerIncarnation(ChangeFanOut FanOut, IActorRef Mediator) : IPrivateMessage;

    private sealed record GapDue(LogPosition After) : IPrivateMessage;

    private sealed record HeadCheckDue : IPrivateMessage;

    private sealed record SendDue : IPrivateMessage;

    private sealed record PauseOver(TimeSpan Paused) : IPrivateMessage;

    private sealed record RetryDue : IPrivateMessage;

    private sealed record MediatorRetryDue : IPrivateMessage;
}
