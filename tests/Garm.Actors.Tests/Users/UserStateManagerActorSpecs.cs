using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;
using Garm.Actors.Users;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Users;

public sealed class UserStateManagerActorSpecs() : TestKit(VirtualTime.Config)
{
    [Fact]
    public async Task Manager_ShouldSubscribeToUsersChanges_UntilTheRelayAnswers()
    {
        var rig = new UsersRig(this);
        var asked = await rig.Relay.ExpectMsgAsync<Subscribe>();
        Assert.Equal(Samples.KindsOf(EntityType.User), asked.Kinds);
        await rig.SubscribeAsync();

        this.Advance(rig.Options.SubscribeRetry);
        Assert.Equal(asked, await rig.Relay.ExpectMsgAsync<Subscribe>());

        rig.Relay.Reply(new Subscribed(asked.Kinds, default));
        await rig.SubscribeAsync();
        this.Advance(rig.Options.SubscribeRetry * 3);
        await rig.SubscribeAsync();
        Assert.False(rig.Relay.HasMessages);
    }

    [Fact]
    public async Task User_ShouldRetire_WhenNoSessionIsLeft()
    {
        var rig = new UsersRig(this);
        var userActor = await SubscribeAndLeaveAsync(rig);
        Watch(userActor);

        await AdvanceUntilGoneAsync(rig, userActor);

        var (_, _, successor) = await rig.SubscribeAsync();
        Assert.NotEqual(userActor, successor);
    }

    [Fact]
    public async Task User_ShouldStay_WhileASessionIsLeft()
    {
        var rig = new UsersRig(this);
        await SubscribeAndLeaveAsync(rig);
        var (_, _, userActor) = await rig.SubscribeAsync();

        this.Advance(rig.Options.IdleTimeout * 2);

        Assert.Equal(userActor, (await rig.SubscribeAsync()).UserActor);
    }

    [Fact]
    public async Task Manager_ShouldAnswerEverySubscriber_WhileUsersRetire()
    {
        var rig = new UsersRig(this, new UserStateOptions { IdleTimeout = TimeSpan.FromMilliseconds(1) });
        for (var i = 0; i < 200; i++)
        {
            // Sends a request during the retirement, at another point of it each time.
            await SubscribeAndLeaveAsync(rig);
            this.Advance(TimeSpan.FromMilliseconds(1));
            Thread.SpinWait(i * 20);
            var (subscriber, _, _) = await rig.SubscribeAsync();
            Assert.False(subscriber.HasMessages);
            Sys.Stop(subscriber.Ref);
        }
    }

    [Fact]
    public async Task Manager_ShouldKeepAMessage_UntilTheRetiringActorHasStopped()
    {
        var rig = new UsersRig(this);
        var (retiring, subscriber) = (CreateTestProbe(), CreateTestProbe());
        retiring.Send(rig.Manager, new UserStateActor.MayRetire(SessionRig.User));
        await retiring.ExpectMsgAsync<UserStateActor.Retire>();

        rig.Ask(subscriber);
        retiring.Send(rig.Manager, new UserStateActor.MayRetire(SessionRig.User)); // Changes nothing.
        await ManagerHasDoneAsync(rig);
        Assert.Equal(0, rig.Users.Reads);

        Sys.Stop(retiring.Ref);
        await subscriber.ExpectMsgAsync<UserStateSnapshot>();
    }

    [Fact]
    public async Task Manager_ShouldPassAMessageOn_WhenTheRetiringActorStays()
    {
        var rig = new UsersRig(this);
        var (retiring, subscriber) = (CreateTestProbe(), CreateTestProbe());
        retiring.Send(rig.Manager, new UserStateActor.MayRetire(SessionRig.User));
        rig.Ask(subscriber);

        retiring.Send(rig.Manager, new UserStateActor.StaysOn(SessionRig.User));

        await subscriber.ExpectMsgAsync<UserStateSnapshot>();
    }

    [Fact]
    public async Task User_ShouldEndAndNotBeRestarted_WhenItFails()
    {
        var rig = new UsersRig(this);
        var (_, _, userActor) = await rig.SubscribeAsync();
        Watch(userActor);

        await EventFilter.Exception<ActorKilledException>().ExpectOneAsync(() =>
        {
            userActor.Tell(Kill.Instance);
            return Task.CompletedTask;
        });

        await ExpectTerminatedAsync(userActor);
        await AwaitAssertAsync(async () => Assert.NotEqual(userActor, (await rig.SubscribeAsync()).UserActor));
    }

    // The manager reaches a message that it does not handle after all messages that were sent before.
    private async Task ManagerHasDoneAsync(UsersRig rig)
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.UnhandledMessage));
        rig.Manager.Tell("unknown");
        await ExpectMsgAsync<Akka.Event.UnhandledMessage>();
    }

    private async Task<IActorRef> SubscribeAndLeaveAsync(UsersRig rig)
    {
        var (subscriber, _, userActor) = await rig.SubscribeAsync();
        Watch(subscriber.Ref);
        Sys.Stop(subscriber.Ref);
        await ExpectTerminatedAsync(subscriber.Ref);
        return userActor;
    }

    private Task AdvanceUntilGoneAsync(UsersRig rig, IActorRef userActor) => this.AdvanceUntilAsync(
        "the user's actor has stopped", rig.Options.IdleTimeout, rig.Options.IdleTimeout * 50,
        () => Task.FromResult(HasMessages && ReceiveOne(TimeSpan.Zero) is Terminated gone && gone.ActorRef.Equals(userActor)));
}
