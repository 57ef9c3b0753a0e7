using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Sessions;

public sealed class EventSessionFilterSpecs() : TestKit(VirtualTime.Config)
{
    private static readonly EventKind PoolCreate = new(EntityType.Pool, ChangeOperation.Create);
    private static readonly EventKind PoolDelete = new(EntityType.Pool, ChangeOperation.Delete);
    private static readonly EventKind JobCreate = new(EntityType.Job, ChangeOperation.Create);

    [Fact]
    public async Task Session_ShouldSendNothing_WhenThereIsNoFilterYet()
    {
        var rig = await SessionRig.ConfirmedAsync(this);

        Assert.False((await rig.StatsAsync()).Live);
        Assert.False(rig.Relay.HasMessages);
    }

    [Theory]
    [InlineData("""{"send-everything":true}""", "pool create,pool update,pool delete,job create,instance create")]
    [InlineData("""{"send_everything":true}""", "pool create,pool update,pool delete,job create,instance create")]
    [InlineData("""{"send-everything":true,"filters":[{"entity-type":"job"}]}""", "pool create,pool update,pool delete,job create,instance create")]
    [InlineData("""{"filters":[{"entity-type":"pool"}]}""", "pool create,pool update,pool delete")]
    [InlineData("""{"filters":[{"entity_type":"pool"}]}""", "pool create,pool update,pool delete")]
    [InlineData("""{"filters":[{"entity-type":"pool","operations":["create","delete"]}]}""", "pool create,pool delete")]
    [InlineData("""{"filters":[{"entity-type":"pool","operations":[]}]}""", "pool create,pool update,pool delete")]
    [InlineData("""{"filters":[{"entity-type":"pool","operations":["update"]},{"entity-type":"job"}]}""", "pool update,job create")]
    [InlineData("""{"filters":[{"entity-type":"pool"},{"entity-type":"pool","operations":["create"]}]}""", "pool create,pool update,pool delete")]
    [InlineData("""{"filters":[{"entity-type":"user"}]}""", "")]
    [InlineData("""{"filters":[{"entity-type":"pool","match":{"id":[1,3,6,8]}},{"entity-type":"job"}]}""", "pool create,pool delete,job create")]
    [InlineData("""{"filters":[{"entity-type":"user","match":{"id":1}},{"entity-type":"pool","operations":["delete"]}]}""", "pool delete")]
    public async Task Session_ShouldSendWhatTheFilterAsksFor_HoweverItComes(string filter, string expected)
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        await rig.FilterAsync(filter);

        rig.Relayed(PoolCreate, Samples.PoolUpdate, PoolDelete);
        rig.Relayed(JobCreate);
        rig.Relayed(Samples.InstanceCreate);
        var inSteps = await rig.EventsAsync();
        rig.Relayed(PoolCreate, Samples.PoolUpdate, PoolDelete, JobCreate, Samples.InstanceCreate);
        var together = await rig.EventsAsync();

        Assert.Equal(expected, string.Join(",", inSteps));
        Assert.Equal(expected, string.Join(",", together));
        var stats = await rig.StatsAsync();
        Assert.True(stats.Live);
        Assert.Equal(inSteps.Count + together.Count, stats.Sent);
    }

    [Fact]
    public async Task Session_ShouldQueueTheRelaysFrameItself()
    {
        var rig = await SessionRig.LiveAsync(this);
        var change = Samples.Change(1).Relayed();

        rig.Relay.Send(rig.Session, new RelayedChanges([change]));
        await rig.StatsAsync();

        Assert.True(rig.Queue.TryDequeue(out var queued));
        Assert.True(queued.Bytes.Equals(change.PlainFrame), "The bytes should be the same memory, not a copy.");
    }

    [Fact]
    public async Task Sessions_ShouldShareTheMemory_WhenTheyTakeTheSameOfABatch()
    {
        var (one, other) = (await SessionRig.LiveAsync(this), await SessionRig.LiveAsync(this));
        var batch = new RelayedChanges([Samples.Change(1).Relayed(), Samples.Change(2).Relayed()]);

        foreach (var rig in new[] { one, other })
        {
            rig.Relay.Send(rig.Session, batch);
            await rig.StatsAsync();
        }

        Assert.True(one.Queue.TryDequeue(out var first));
        Assert.True(other.Queue.TryDequeue(out var second));
        Assert.Equal(2, first.Count);
        Assert.True(first.Bytes.Equals(second.Bytes), "The bytes should be the same memory, not a copy.");
    }

    [Fact]
    public async Task Session_ShouldTellNothingTwice_WhenABatchBeginsBeforeItsPlace()
    {
        var rig = await SessionRig.LiveAsync(this);

        rig.RelayedAt(1, 2, 3);
        rig.RelayedAt(2, 3, 4, 5);

        Assert.Equal(5, (await rig.FramesAsync()).Distinct().Count());
        Assert.Equal(5, (await rig.StatsAsync()).Sent);
    }

    [Fact]
    public async Task Session_ShouldAskTheRelayForItsKinds()
    {
        var rig = await SessionRig.ConfirmedAsync(this);

        rig.Say("""{"filters":[{"entity-type":"pool","operations":["update"]}]}""");

        Assert.Equal(Samples.Kinds(Samples.PoolUpdate), (await rig.Relay.ExpectMsgAsync<Subscribe>()).Kinds);
    }

    [Fact]
    public async Task Session_ShouldAskTheRelayAgain_UntilItAnswers()
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        rig.Say("""{"send-everything":true}""");
        await rig.Relay.ExpectMsgAsync<Subscribe>();
        await rig.StatsAsync();

        this.Advance(rig.Options.SubscribeRetry);
        await rig.SubscribedAsync();
        await rig.StatsAsync();

        this.Advance(rig.Options.SubscribeRetry * 3);
        await rig.StatsAsync();
        Assert.False(rig.Relay.HasMessages);
    }

    [Fact]
    public async Task Session_ShouldReplaceTheFilter_WhenAnotherComes()
    {
        var rig = await SessionRig.LiveAsync(this);
        await rig.FilterAsync("""{"filters":[{"entity-type":"pool"}]}""");
        await rig.FilterAsync("""{"filters":[{"entity-type":"job"}]}""");

        rig.Relayed(PoolCreate, JobCreate);

        Assert.Equal(["job create"], await rig.EventsAsync());
    }

    [Fact]
    public async Task Session_ShouldSendNothingOfTheOldFilter_BeforeTheRelayKnowsTheNewOne()
    {
        var rig = await SessionRig.LiveAsync(this);

        rig.Say("""{"filters":[{"entity-type":"job"}]}""");
        rig.Relayed(PoolCreate);
        rig.Relayed(JobCreate);

        Assert.Equal(["job create"], await rig.EventsAsync());
    }

    [Fact]
    public async Task Session_ShouldBeginANewKindWithTheRelaysAnswer_SoThatItHasNoHoles()
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        await rig.FilterAsync("""{"filters":[{"entity-type":"pool"}]}""");

        rig.Say("""{"filters":[{"entity-type":"pool"},{"entity-type":"job"}]}""");
        rig.Relayed(PoolCreate, JobCreate); // Sent because of the pool; other jobs are not sent.
        await rig.SubscribedAsync();
        rig.Relayed(JobCreate);

        Assert.Equal(["pool create", "job create"], await rig.EventsAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"filters":[]}""")]
    [InlineData("""{"filters":null}""")]
    [InlineData("""{"send-everything":false}""")]
    public async Task Session_ShouldKeepItsFilter_WhenAMessageAsksForNothing(string message)
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        rig.Say(message);
        Assert.False((await rig.StatsAsync()).Live);

        await rig.FilterAsync("""{"filters":[{"entity-type":"pool"}]}""");
        rig.Say(message);
        rig.Relayed(PoolCreate, JobCreate);

        Assert.Equal(["pool create"], await rig.EventsAsync());
        Assert.False(rig.Relay.HasMessages);
    }

    [Theory]
    [InlineData("", "failed to unmarshal filter")]
    [InlineData("this is not json", "failed to unmarshal filter")]
    [InlineData("[]", "failed to unmarshal filter")]
    [InlineData("""{"filters":"pool"}""", "failed to unmarshal filter")]
    [InlineData("""{"filters":[{"entity-type":"nothing"}]}""", "invalid filter")]
    [InlineData("""{"filters":[{"entity-type":"pool"},{"entity-type":"pool","operations":["explode"]}]}""", "invalid filter")]
    public async Task Session_ShouldSayWhyAndClose_WhenAMessageIsNoFilter(string message, string text)
    {
        var rig = await SessionRig.LiveAsync(this);
        rig.Relayed(PoolCreate);

        rig.Say(message);
        rig.Relayed(PoolDelete);

        var frames = await rig.EndAsync();
        Assert.Equal([$"text {text}", "close 1000"], frames[1..]);
    }

    [Fact]
    public async Task Session_ShouldClose_WhenTheFirstMessageIsNoFilter_EvenBeforeTheUserIsConfirmed()
    {
        var rig = SessionRig.Start(this);

        rig.Say("nonsense");

        Assert.Equal(["text failed to unmarshal filter", "close 1000"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldKeepTheFilter_UntilTheUserIsConfirmed()
    {
        var rig = SessionRig.Start(this);
        rig.Say("""{"filters":[{"entity-type":"job"}]}""");
        rig.Say("""{"filters":[{"entity-type":"pool"}]}""");
        Assert.False((await rig.StatsAsync()).Live);
        Assert.False(rig.Relay.HasMessages);

        await rig.ConfirmAsync(SessionRig.GoodAccess);
        await rig.SubscribedAsync();
        rig.Relayed(PoolCreate, JobCreate);

        Assert.Equal(["pool create"], await rig.EventsAsync());
    }
}
