using Akka.Actor;

namespace Garm.Actors.SourceTokens;

/// <summary>
/// The parent of the actors of this node's tokens of sources' servers, one for each token. It creates them, and forgets those that no
/// session uses.
/// </summary>
public sealed class SourceTokensActor(ISourceTokenCheck check, SourceTokenOptions options) : UntypedActor, IWithTimers
{
    // The message to stop is sent after all that was forwarded to the actor, so none of these is lost.

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    // The request that showed a token opens its session within this time.
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(30);

    private readonly Dictionary<SourceToken, Entry> _tokens = [];

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    /// <param name="check">Asks the servers.</param>
    /// <param name="options">Settings.</param>
    public static Props Props(ISourceTokenCheck check, SourceTokenOptions options) =>
        Akka.Actor.Props.Create(() => new SourceTokensActor(check, options));

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(SweepDue), new SweepDue(), SweepEvery);

    // A restarted actor would have lost its subscribers without their noticing. They watch a stopped one, and end.
    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AdmitToken admit:
                Admit(admit);
                break;
            case TokenInUse use when _tokens.TryGetValue(use.Token, out var entry) && entry.Actor.Equals(Sender):
                entry.IsInUse = use.IsInUse;
                entry.UsedAt = Now;
                break;
            case TokenVoid gone when _tokens.TryGetValue(gone.Token, out var entry) && entry.Actor.Equals(Sender):
                Forget(gone.Token);
                break;
            case Failed failed when _tokens.TryGetValue(failed.Token, out var entry) && entry.Actor.Equals(failed.Actor):
                _tokens.Remove(failed.Token);
                break;
            case SweepDue:
                Sweep(options.TrustFor);
                break;
            case TokenInUse or TokenVoid or Failed: // Of an actor that is forgotten already.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    private void Admit(AdmitToken admit)
    {
        if (!_tokens.TryGetValue(admit.Token, out var entry))
        {
            if (_tokens.Count >= options.MaxTokens) Sweep(Opening);
            var actor = Context.ActorOf(SourceTokenActor.Props(admit.Token, check, options));
            Context.WatchWith(actor, new Failed(admit.Token, actor));
            _tokens[admit.Token] = entry = new Entry(actor);
        }

        entry.UsedAt = Now;
        entry.Actor.Forward(admit);
    }

    private void Sweep(TimeSpan unusedFor)
    {
        foreach (var (token, entry) in _tokens)
        {
            if (!entry.IsInUse && Now - entry.UsedAt > unusedFor) Forget(token);
        }
    }

    private void Forget(SourceToken token)
    {
        if (_tokens.Remove(token, out var entry)) entry.Actor.Tell(PoisonPill.Instance);
    }

    private sealed class Entry(IActorRef actor)
    {
        public IActorRef Actor { get; } = actor;

        public bool IsInUse { get; set; }

        public DateTimeOffset UsedAt { get; set; }
    }

    private sealed record SweepDue : IPrivateMessage;

    private sealed record Failed(SourceToken Token, IActorRef Actor) : IPrivateMessage;
}
