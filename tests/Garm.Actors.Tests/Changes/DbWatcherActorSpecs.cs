using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;

namespace Garm.Actors.Tests.Changes;

public sealed class DbWatcherActorSpecs : TestKit
{
    [Fact]
    public async Task Watcher_ShouldPublishEachCommit()
    {
        var watcher = Sys.ActorOf(DbWatcherActor.Props(TestActor));
        var batch = Samples.Batch(1, 2);

        watcher.Tell(new ChangesCommitted(batch));

        var publish = await ExpectMsgAsync<Publish>();
        Assert.Equal(PublishedBatch.Topic, publish.Topic);
        Assert.False(publish.SendOneMessageToEachGroup);
        Assert.Equal(new PublishedBatch(batch), publish.Message);
    }

    [Fact]
    public async Task Listener_ShouldTellTheWatcher_OnceThereIsOne()
    {
        var listener = new DbWatcherCommitListener();
        listener.Committed(Samples.Batch(1)); // The actor system is not up yet: the commit is dropped, and nothing fails.

        listener.Attach(TestActor);
        var batch = Samples.Batch(2);
        listener.Committed(batch);

        Assert.Equal(new ChangesCommitted(batch), await ExpectMsgAsync<ChangesCommitted>());
    }

    [Fact]
    public async Task Watcher_ShouldTellThisNodesRelayItself_AlsoWithoutAMediator()
    {
        var watcher = Sys.ActorOf(DbWatcherActor.Props(ActorRefs.Nobody, TestActor));
        var batch = Samples.Batch(1, 2);

        watcher.Tell(new ChangesCommitted(batch));

        Assert.Equal(new PublishedBatch(batch), await ExpectMsgAsync<PublishedBatch>());
    }

    [Fact]
    public async Task Watcher_ShouldGoOverToAnotherMediator_AlsoAfterARestart()
    {
        var (first, second, relay) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var watcher = Sys.ActorOf(DbWatcherActor.Props(first, relay));

        watcher.Tell(new MediatorChanged(second, long.MaxValue));
        watcher.Tell(new ChangesCommitted(Samples.Batch(1)));
        await second.ExpectMsgAsync<Publish>();
        await EventFilter.Exception<NullReferenceException>().ExpectOneAsync(() =>
        {
            watcher.Tell(new ChangesCommitted(null!));
            return Task.CompletedTask;
        });
        watcher.Tell(new ChangesCommitted(Samples.Batch(2)));
        await second.ExpectMsgAsync<Publish>();

        watcher.Tell(MediatorChanged.ToNobody);
        watcher.Tell(new ChangesCommitted(Samples.Batch(3)));
        await relay.FishForMessageAsync<PublishedBatch>(x => x.Batch?.Last.Value == 3);
        Assert.False(second.HasMessages);
        Assert.False(first.HasMessages);
    }

    [Fact]
    public async Task Watcher_ShouldLeaveToTheLog_WhatRemotingDoesNotCarry()
    {
        var (mediator, relay) = (CreateTestProbe(), CreateTestProbe());
        var watcher = Sys.ActorOf(DbWatcherActor.Props(mediator, relay));
        watcher.Tell(new MediatorChanged(mediator, 10_000));
        var deletion = Samples.Change(1) with { LastState = new byte[20_000] };

        watcher.Tell(new ChangesCommitted(Samples.BatchOf([deletion])));
        watcher.Tell(new ChangesCommitted(Samples.Batch(2)));

        await relay.ExpectMsgAsync<PublishedBatch>();
        var published = await mediator.ExpectMsgAsync<Publish>();
        Assert.Equal(2, ((PublishedBatch)published.Message).Batch.Last.Value);
    }
}
