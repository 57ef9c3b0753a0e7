using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Contracts.Events;
using Garm.Log;
using PubSubSubscribe = Akka.Cluster.Tools.PublishSubscribe.Subscribe;

namespace Garm.Actors.Tests.Support;

/// <summary>A relay between a probe that plays the mediator, a log that fails on command, and a subscriber.</summary>
internal sealed class RelayRig
{
    private readonly TestKit _kit;

    private RelayRig(TestKit kit, FailableChangeLog log, ChangeRelayOptions? options, bool withMediator)
    {
        _kit = kit;
        Log = log;
        Options = options ?? new ChangeRelayOptions();
        Mediator = kit.CreateTestProbe();
        Subscriber = kit.CreateTestProbe();
        Relay = kit.Sys.ActorOf(ChangeRelayActor.Props(withMediator ? Mediator.Ref : null, log, log, Options));
    }

    public FailableChangeLog Log { get; }

    public ChangeRelayOptions Options { get; }

    public TestProbe Mediator { get; }

    public TestProbe Subscriber { get; }

    public IActorRef Relay { get; }

    /// <summary>Starts a relay that runs, is subscribed to the mediator, and sends everything to the subscriber.</summary>
    public static async Task<RelayRig> RunningAsync(
        TestKit kit, FailableChangeLog? log = null, ChangeRelayOptions? options = null, bool withMediator = true)
    {
        var rig = Start(kit, log, options, withMediator);
        if (withMediator)
        {
            var asked = await rig.Mediator.ExpectMsgAsync<PubSubSubscribe>();
            rig.Mediator.Reply(new SubscribeAck(asked));
        }

        await rig.SubscribeAsync(rig.Subscriber, EventKinds.All);
        return rig;
    }

    /// <summary>Only starts the relay.</summary>
    public static RelayRig Start(
        TestKit kit, FailableChangeLog? log = null, ChangeRelayOptions? options = null, bool withMediator = true) =>
        new(kit, log ?? new FailableChangeLog(), options, withMediator);

    public async Task<Subscribed> SubscribeAsync(TestProbe subscriber, EventKinds kinds)
    {
        subscriber.Send(Relay, new Garm.Actors.Changes.Subscribe(subscriber.Ref, kinds));
        return await subscriber.ExpectMsgAsync<Subscribed>();
    }

    /// <summary>Delivers these batches through the mediator.</summary>
    public void Bring(params ChangeBatch[] batches)
    {
        foreach (var batch in batches) Relay.Tell(new PublishedBatch(batch), Mediator.Ref);
    }

    /// <summary>The positions of the next message to the subscriber.</summary>
    public async Task<IEnumerable<long>> NextAsync(TestProbe? subscriber = null) =>
        (await (subscriber ?? Subscriber).ExpectMsgAsync<RelayedChanges>()).Changes.Select(c => c.Change).Positions();

    /// <summary>The positions that the subscriber gets until they reach one; moves time while it gets none.</summary>
    public async Task<(List<long> Positions, TimeSpan Took)> UntilAsync(long last, TimeSpan? step = null, TimeSpan? atMost = null)
    {
        List<long> positions = [];
        var took = await _kit.AdvanceUntilAsync(
            $"change {last} is relayed", step ?? TimeSpan.FromMilliseconds(20), atMost ?? TimeSpan.FromMinutes(5), () =>
            {
                while (Subscriber.HasMessages)
                {
                    if (Subscriber.ReceiveOne(TimeSpan.Zero) is RelayedChanges relayed)
                        positions.AddRange(relayed.Changes.Select(c => c.Change).Positions());
                }

                return Task.FromResult(positions.LastOrDefault() >= last);
            });
        return (positions, took);
    }

    public Task<RelayState> StateAsync() => Relay.AskAsync<RelayState>(GetRelayState.Instance);

    /// <summary>Waits until the relay has switched to another epoch than the first.</summary>
    public Task AdoptedAsync() => _kit.AdvanceUntilAsync(
        "the other history is adopted", TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2),
        async () => (await StateAsync()).Head.Epoch != Samples.Epoch);

    /// <summary>Asserts that the messages sent before caused no message to the subscriber.</summary>
    public async Task NothingCameAsync(TestProbe? subscriber = null)
    {
        await StateAsync(); // The relay has processed everything before it answers.
        Assert.False((subscriber ?? Subscriber).HasMessages);
    }
}
