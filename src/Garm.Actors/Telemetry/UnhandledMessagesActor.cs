using Akka.Actor;
using Akka.Event;

namespace Garm.Actors.Telemetry;

/// <summary>
/// Logs messages that an actor does not handle, which are always bugs of the hub. Each type of message is logged once for each type
/// of actor, because the same bug repeats with every message.
/// </summary>
internal sealed class UnhandledMessagesActor : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<(Type Message, ActorPath Parent)> _told = [];

    /// <summary>The props of the actor.</summary>
    public static Props Props() => Akka.Actor.Props.Create(() => new UnhandledMessagesActor());

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));

    protected override void OnReceive(object message)
    {
        if (message is not UnhandledMessage { Message: { } unknown, Recipient: { } recipient } unhandled) return;
        if (!_told.Add((unknown.GetType(), recipient.Path.Parent))) return;
        _log.Warning(
            "{0} does not handle {1} from {2}; further ones are not logged", recipient.Path, unknown.GetType(), unhandled.Sender);
    }
}
