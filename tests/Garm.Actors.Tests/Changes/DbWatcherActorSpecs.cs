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
        Assert.Equal(Topics.Changes, publish.Topic);
        Assert.False(publish.SendOneMessageToEachGroup);
        Assert.Equal(new PublishedBatch(batch), publish.Message);
    }

    [Fact]
    public async Task Listener_ShouldTellTheWatcher_OnceThereIsOne()
    {
        var listener = new DbWatcherCommitListener();
        listener.Committed(Samples.Batch(1)); // The actor system is not up yet: nobody hears, and nothing fails.

        listener.Attach(TestActor);
        var batch = Samples.Batch(2);
        listener.Committed(batch);

        Assert.Equal(new ChangesCommitted(batch), await ExpectMsgAsync<ChangesCommitted>());
    }

    [Fact]
    public async Task LocalPubSub_ShouldBringAPublishedMessage_ToTheTopicsSubscribers()
    {
        var pubSub = Sys.ActorOf(LocalPubSubActor.Props());
        var other = CreateTestProbe();
        pubSub.Tell(new Akka.Cluster.Tools.PublishSubscribe.Subscribe("topic", TestActor));
        await ExpectMsgAsync<SubscribeAck>();
        other.Send(pubSub, new Akka.Cluster.Tools.PublishSubscribe.Subscribe("other", other.Ref));
        await other.ExpectMsgAsync<SubscribeAck>();

        pubSub.Tell(new Publish("topic", "hello"));
        pubSub.Tell(new Publish("nobody", "hello"));
        pubSub.Tell(new Publish("other", "end"));

        await ExpectMsgAsync("hello");
        await other.ExpectMsgAsync("end");
        Assert.False(HasMessages);
    }
}
