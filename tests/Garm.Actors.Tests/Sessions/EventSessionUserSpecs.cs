using Akka.TestKit.Xunit2;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Actors.Users;
using Garm.Log.Users;

namespace Garm.Actors.Tests.Sessions;

public sealed class EventSessionUserSpecs() : TestKit(VirtualTime.Config)
{
    public static TheoryData<UserAccess?> VoidAccess => new()
    {
        null,
        SessionRig.GoodAccess with { Enabled = false },
        SessionRig.GoodAccess with { IsAdmin = false },
        SessionRig.GoodAccess with { Generation = SessionRig.Generation + 1 },
    };

    [Theory]
    [MemberData(nameof(VoidAccess))]
    public async Task Session_ShouldClose_WhenTheUserChangedBetweenLoginAndSubscribe(UserAccess? access)
    {
        var rig = SessionRig.Start(this);
        rig.Say("""{"send-everything":true}""");

        await rig.ConfirmAsync(access);

        Assert.Equal(["close 1000"], await rig.EndAsync());
        Assert.False(rig.Relay.HasMessages);
    }

    [Theory]
    [InlineData(RevocationReason.Disabled)]
    [InlineData(RevocationReason.Deleted)]
    [InlineData(RevocationReason.NoAdministrator)]
    [InlineData(RevocationReason.PasswordChanged)]
    public async Task Session_ShouldClose_WhenTheUserIsRevoked(RevocationReason reason)
    {
        var rig = await SessionRig.LiveAsync(this);

        rig.UserActor.Send(rig.Session, new UserRevoked(SessionRig.User, reason));
        rig.Relayed(Samples.PoolUpdate);

        Assert.Equal(["close 1000"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldGoOn_WhenTheUserActorIsLostAndTheUserIsStillGood()
    {
        var rig = await SessionRig.LiveAsync(this);
        var successor = CreateTestProbe();

        Sys.Stop(rig.UserActor.Ref);
        await rig.ConfirmAsync(SessionRig.GoodAccess, successor);
        await rig.StatsAsync();
        this.Advance(rig.Options.ConfirmTimeout * 2);

        rig.Relayed(Samples.PoolUpdate);
        Assert.Equal(["pool update"], await rig.EventsAsync());
        Assert.False(rig.Users.HasMessages);

        Sys.Stop(successor.Ref); // The session watches the new actor as it did the old one.
        await rig.Users.ExpectMsgAsync<SubscribeToUserState>();
    }

    [Fact]
    public async Task Session_ShouldClose_WhenTheUserActorIsLostAndTheUserIsNotGoodAnyMore()
    {
        var rig = await SessionRig.LiveAsync(this);

        Sys.Stop(rig.UserActor.Ref);
        await rig.ConfirmAsync(null, CreateTestProbe());

        Assert.Equal(["close 1000"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldClose_WhenTheUserActorIsLostAndNobodyAnswers()
    {
        var rig = await SessionRig.LiveAsync(this);
        Sys.Stop(rig.UserActor.Ref);
        await rig.Users.ExpectMsgAsync<SubscribeToUserState>();
        await rig.StatsAsync();

        this.Advance(rig.Options.ConfirmTimeout - TimeSpan.FromMilliseconds(1));
        rig.Relayed(Samples.PoolUpdate);
        Assert.Equal(["pool update"], await rig.EventsAsync());

        this.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["close 1000"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldAskAgain_UntilTheUserIsConfirmed()
    {
        var rig = SessionRig.Start(this);
        for (var i = 0; i < 3; i++)
        {
            await rig.Users.ExpectMsgAsync<SubscribeToUserState>();
            rig.Users.Reply(new UserStateUnavailable(SessionRig.User));
            await rig.StatsAsync();
            Assert.False(rig.Users.HasMessages, "A refusal should not be answered at once with the same question.");
            this.Advance(rig.Options.SubscribeRetry);
        }

        await rig.ConfirmAsync(SessionRig.GoodAccess);
        await rig.StatsAsync();
        this.Advance(rig.Options.ConfirmTimeout * 2);

        await rig.FilterAsync("""{"send-everything":true}""");
        Assert.True((await rig.StatsAsync()).Live);
    }

    [Fact]
    public async Task Session_ShouldClose_WhenTheUserCannotBeConfirmedInTime()
    {
        var rig = SessionRig.Start(this);
        rig.Say("""{"send-everything":true}""");
        await rig.StatsAsync();
        this.Advance(rig.Options.ConfirmTimeout - TimeSpan.FromMilliseconds(1));
        await rig.StatsAsync();

        this.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["close 1000"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldCloseInTime_WhenItsUsersStateBecomesUncertain()
    {
        var rig = await SessionRig.LiveAsync(this);
        rig.UserActor.Send(rig.Session, new UserStateUnavailable(SessionRig.User));
        await rig.Users.ExpectMsgAsync<SubscribeToUserState>();
        await rig.StatsAsync();

        this.Advance(rig.Options.ConfirmTimeout);

        Assert.Equal(["close 1000"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldGoOn_WhenItsUsersStateIsCertainAgain()
    {
        var rig = await SessionRig.LiveAsync(this);
        rig.UserActor.Send(rig.Session, new UserStateUnavailable(SessionRig.User));
        await rig.ConfirmAsync(SessionRig.GoodAccess);
        await rig.StatsAsync();

        this.Advance(rig.Options.ConfirmTimeout * 2);

        Assert.True((await rig.StatsAsync()).Live);
    }
}
