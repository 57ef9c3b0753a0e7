using System.Threading.Channels;
using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Sessions;
using Garm.WebSockets;

namespace Garm.Host.Tests.Events;

/// <summary>
/// Plays a session: it answers according to the protocol and keeps its messages. Its answers can be held
/// back, to test the pump's behaviour.
/// </summary>
internal sealed class ScriptedSession(ScriptedSession.Script script, OutboundQueue outbound) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Action<OutboundQueue> act:
                act(outbound);
                return;

            case GetSessionStats when script.HoldAnswers:
                script.Held.Writer.TryWrite(Sender);
                return;

            case GetSessionStats:
                Sender.Tell(script.Answer);
                return;

            case ClientPing ping:
                outbound.TryEnqueueControl(FrameWriter.Pong(ping.Payload.Span));
                script.MostQueued = Math.Max(script.MostQueued, outbound.Count);
                break;

            case ClientClosed or ClientFailed when script.IgnoreEnds:
                break;

            case ClientClosed { Code: var code }:
                outbound.Complete(FrameWriter.Close(new CloseFrame(code)));
                break;

            case ClientFailed { Reason: var reason }:
                outbound.Complete(FrameWriter.Close(reason.ToCloseFrame()));
                break;
        }

        script.Told.Writer.TryWrite(message);
    }

    /// <summary>The test's control over its sessions.</summary>
    public sealed class Script
    {
        public Channel<object> Told { get; } = Channel.CreateUnbounded<object>();

        /// <summary>The answer by which a session shows that it has processed its messages.</summary>
        public SessionStats Answer { get; } = new(SessionId.NewId(), false, 0, 0);

        /// <summary>Whether that answer is held back, and the waiting senders.</summary>
        public bool HoldAnswers { get; set; }

        public Channel<IActorRef> Held { get; } = Channel.CreateUnbounded<IActorRef>();

        /// <summary>Whether the queue is left open when the connection ends.</summary>
        public bool IgnoreEnds { get; set; }

        /// <summary>The maximum number of frames that waited in the queue.</summary>
        public int MostQueued { get; set; }
    }
}

/// <summary>Plays the session manager: opens a <see cref="ScriptedSession"/>, refuses, or does not answer.</summary>
internal sealed class ScriptedManager(ScriptedManager.State state) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is not OpenSession open) return;
        if (state.Refusal is { } refusal)
        {
            Sender.Tell(new SessionRefused(open.Id, refusal));
            return;
        }

        if (state.HoldOpening)
        {
            state.Held.Writer.TryWrite((open, Sender));
            return;
        }

        var session = Context.ActorOf(Props.Create(() => new ScriptedSession(state.Script, open.Outbound)));
        state.Opened.Writer.TryWrite(session);
        Sender.Tell(new SessionOpened(open.Id, session));
    }

    public sealed class State
    {
        public SessionRefusal? Refusal { get; set; }

        public ScriptedSession.Script Script { get; } = new();

        /// <summary>Whether requests are left unanswered, and these requests.</summary>
        public bool HoldOpening { get; set; }

        public Channel<(OpenSession Open, IActorRef Asker)> Held { get; } = Channel.CreateUnbounded<(OpenSession, IActorRef)>();

        public Channel<IActorRef> Opened { get; } = Channel.CreateUnbounded<IActorRef>();
    }
}

/// <summary>Provides an actor as a required one.</summary>
internal sealed class Required<T>(IActorRef actor) : IRequiredActor<T>
{
    public IActorRef ActorRef => actor;

    public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(actor);
}
