using System.Text;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.WebSockets;
using PubSubSubscribe = Akka.Cluster.Tools.PublishSubscribe.Subscribe;

namespace Garm.Actors.Tests.Changes;

public sealed class ChangeRelaySubscriberSpecs() : TestKit(VirtualTime.Config)
{
    [Fact]
    public async Task Relay_ShouldSendABatchOnlyToThoseWhoWantSomethingInIt()
    {
        var rig = await RelayRig.RunningAsync(this);
        var (pools, jobs) = (CreateTestProbe(), CreateTestProbe());
        await rig.SubscribeAsync(pools, Samples.KindsOf(EntityType.Pool));
        await rig.SubscribeAsync(jobs, Samples.KindsOf(EntityType.Job));

        rig.Bring(rig.Log.Commit(Samples.InstanceCreate, Samples.PoolUpdate));

        var toAll = await rig.Subscriber.ExpectMsgAsync<RelayedChanges>();
        Assert.Same(toAll, await pools.ExpectMsgAsync<RelayedChanges>());
        await rig.NothingCameAsync(jobs);
    }

    [Fact]
    public async Task Relay_ShouldBuildTheFrameOnce_AndOnlyForWhatSomebodySends()
    {
        var rig = RelayRig.Start(this);
        await rig.SubscribeAsync(rig.Subscriber, Samples.Kinds(Samples.PoolUpdate));

        rig.Bring(rig.Log.Commit(Samples.PoolUpdate, Samples.InstanceCreate));

        var relayed = await rig.Subscriber.ExpectMsgAsync<RelayedChanges>();
        var json = """{"entity-type":"pool","operation":"update","payload":{"id":1}}""";
        Assert.Equal(FrameWriter.Text(Encoding.UTF8.GetBytes(json)), relayed.Changes[0].PlainFrame.ToArray());
        Assert.True(relayed.Changes[0].PlainFrame.Equals(relayed.Changes[0].PlainFrame), "The frame should be made once.");
        Assert.False(relayed.Changes[1].HasFrame);
    }

    [Fact]
    public async Task Relay_ShouldReplaceWhatASubscriberWants()
    {
        var rig = RelayRig.Start(this);
        await rig.SubscribeAsync(rig.Subscriber, Samples.KindsOf(EntityType.Pool));
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));
        await rig.NextAsync();

        var subscribed = await rig.SubscribeAsync(rig.Subscriber, Samples.KindsOf(EntityType.Instance));
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));
        await rig.NothingCameAsync();
        rig.Bring(rig.Log.Commit(Samples.InstanceCreate));

        Assert.Equal(1, subscribed.After.Value);
        Assert.Equal([3], await rig.NextAsync());
    }

    [Fact]
    public async Task Relay_ShouldSendNothingMore_AfterUnsubscribe()
    {
        var rig = await RelayRig.RunningAsync(this);

        rig.Relay.Tell(new Garm.Actors.Changes.Unsubscribe(rig.Subscriber.Ref));
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));

        await rig.NothingCameAsync();
        Assert.Equal(0, (await rig.StateAsync()).Subscribers);
    }

    [Fact]
    public async Task Relay_ShouldForgetASubscriber_WhenItStops()
    {
        var rig = await RelayRig.RunningAsync(this);
        Assert.Equal(1, (await rig.StateAsync()).Subscribers);

        Sys.Stop(rig.Subscriber.Ref);

        await AwaitConditionAsync(async () => (await rig.StateAsync()).Subscribers == 0);
    }

    [Fact]
    public async Task Relay_ShouldSubscribeAgain_UntilTheMediatorAnswers()
    {
        var rig = RelayRig.Start(this);
        var asked = await rig.Mediator.ExpectMsgAsync<PubSubSubscribe>();
        Assert.Equal(PublishedBatch.Topic, asked.Topic);
        await rig.SubscribeAsync(rig.Subscriber, EventKinds.All);

        this.Advance(rig.Options.MediatorRetry);
        await rig.Mediator.ExpectMsgAsync<PubSubSubscribe>();

        rig.Mediator.Reply(new SubscribeAck(asked));
        await rig.StateAsync();
        this.Advance(rig.Options.MediatorRetry * 3);
        await rig.StateAsync();
        Assert.False(rig.Mediator.HasMessages);
    }

    [Fact]
    public async Task Relay_ShouldSubscribeToAnotherMediator_AndKeepItOverARestart()
    {
        var rig = await RelayRig.RunningAsync(this);
        var second = CreateTestProbe();

        rig.Relay.Tell(new MediatorChanged(second, long.MaxValue));
        var asked = await second.ExpectMsgAsync<PubSubSubscribe>();
        rig.Mediator.Send(rig.Relay, new SubscribeAck(asked)); // A late message about the former subscriber, which does not concern the second.
        await rig.StateAsync();
        this.Advance(rig.Options.MediatorRetry);
        second.Reply(new SubscribeAck(await second.ExpectMsgAsync<PubSubSubscribe>()));
        await EventFilter.Exception<NullReferenceException>().ExpectOneAsync(() =>
        {
            rig.Relay.Tell(new PublishedBatch(null!));
            return Task.CompletedTask;
        });
        await second.ExpectMsgAsync<PubSubSubscribe>();

        rig.Relay.Tell(MediatorChanged.ToNobody);
        await rig.StateAsync();
        this.Advance(rig.Options.MediatorRetry * 3);
        await rig.StateAsync();
        Assert.False(second.HasMessages);
    }

    [Fact]
    public async Task Relay_ShouldLoseNothing_WhenItFailsAndIsRestarted()
    {
        var rig = await RelayRig.RunningAsync(this);
        var batches = rig.Log.CommitMany(3);
        rig.Bring(batches[0]);
        Assert.Equal([1], await rig.NextAsync());

        await EventFilter.Exception<NullReferenceException>().ExpectOneAsync(() =>
        {
            rig.Relay.Tell(new PublishedBatch(null!));
            return Task.CompletedTask;
        });
        rig.Bring(batches[2]);

        Assert.Equal([2, 3], (await rig.UntilAsync(3)).Positions);
        Assert.Equal(1, (await rig.StateAsync()).Subscribers);
        Sys.Stop(rig.Subscriber.Ref);
        await AwaitConditionAsync(async () => (await rig.StateAsync()).Subscribers == 0);
    }

    [Fact]
    public async Task Relay_ShouldSendFromTheLog_WhatItFailedToSend()
    {
        var rig = await RelayRig.RunningAsync(this);
        var good = rig.Log.Commit(Samples.PoolUpdate);

        await EventFilter.Exception<IndexOutOfRangeException>().ExpectOneAsync(() =>
        {
            rig.Bring(Samples.BatchOf([good.Changes[0] with { EntityType = (EntityType)99 }]));
            return Task.CompletedTask;
        });

        Assert.Equal([1], (await rig.UntilAsync(1)).Positions);
    }

    [Fact]
    public async Task Relay_ShouldLeaveUnknownMessagesUnhandled()
    {
        var rig = await RelayRig.RunningAsync(this);
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.UnhandledMessage));

        rig.Relay.Tell("what is this?");

        await ExpectMsgAsync<Akka.Event.UnhandledMessage>();
    }
}
