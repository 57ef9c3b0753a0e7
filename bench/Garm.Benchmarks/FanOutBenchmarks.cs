using Akka.Actor;
using BenchmarkDotNet.Attributes;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Benchmarks;

/// <summary>
/// The relay's side of one event: index, frame, and a message to each session that wants it. The sessions only count, so
/// that neither mailboxes nor sockets are in the figure.
/// </summary>
public class FanOutBenchmarks
{
    private readonly CountingSession[] _sessions = [.. Enumerable.Range(0, 10_000).Select(i => new CountingSession(i))];
    private ChangeFanOut _fanOut = null!;
    private long _position;

    /// <summary>How many sessions want the event.</summary>
    [Params(1, 100, 10_000)]
    public int Wanting { get; set; }

    /// <summary>How many there are.</summary>
    [Params(10_000)]
    public int Connected { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var wanted = EventKinds.None.With(new EventKind(EntityType.Pool, ChangeOperation.Update));
        var other = EventKinds.None.With(new EventKind(EntityType.Job, ChangeOperation.Update));
        _fanOut = new ChangeFanOut(new ChangeRelayOptions());
        for (var i = 0; i < Connected; i++) _fanOut.Subscribe(_sessions[i], EventFilter.Of(i < Wanting ? wanted : other));
    }

    [Benchmark]
    public void Relay()
    {
        var change = Samples.Change(++_position);
        _fanOut.Send([change], new LogPlace(Samples.Epoch, change.Position), ActorRefs.Nobody);
    }
}

/// <summary>A session that counts what it is told.</summary>
internal sealed class CountingSession(int number) : MinimalActorRef
{
    public long Events { get; private set; }

    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "bench")) / $"session-{number}";

    public override IActorRefProvider Provider => throw new NotSupportedException();

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is RelayedChanges relayed) Events += relayed.Changes.Length;
    }
}
