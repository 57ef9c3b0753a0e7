using System.Threading.Channels;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Tests.Support;
using Garm.Actors.Users;
using Garm.Contracts.Events;
using Garm.Log.Users;

namespace Garm.Actors.Tests.Users;

public sealed class UserStateActorSpecs() : TestKit(VirtualTime.Config)
{
    public static TheoryData<UserAccess?, RevocationReason> VoidAccess => new()
    {
        { null, RevocationReason.Deleted },
        { SessionRig.GoodAccess with { Enabled = false }, RevocationReason.Disabled },
        { SessionRig.GoodAccess with { IsAdmin = false }, RevocationReason.NoAdministrator },
        { SessionRig.GoodAccess with { Generation = SessionRig.Generation + 1 }, RevocationReason.PasswordChanged },
    };

    [Fact]
    public async Task User_ShouldAnswerWithWhatTheDatabaseSays()
    {
        var rig = new UsersRig(this);

        var (_, snapshot, userActor) = await rig.SubscribeAsync();

        Assert.Equal(new UserStateSnapshot(SessionRig.User, SessionRig.GoodAccess), snapshot);
        Assert.Equal(rig.Manager.Path, userActor.Path.Parent);
    }

    [Fact]
    public async Task User_ShouldBeNobody_WhenTheDatabaseDoesNotKnowIt()
    {
        var rig = new UsersRig(this);
        rig.Users.Access = null;

        Assert.Null((await rig.SubscribeAsync()).Snapshot.Access);
    }

    [Fact]
    public async Task User_ShouldBeReadOnce_ForAllItsSessions()
    {
        var rig = new UsersRig(this);

        var first = await rig.SubscribeAsync();
        var second = await rig.SubscribeAsync();

        Assert.Equal(first.UserActor, second.UserActor);
        Assert.Equal(1, rig.Users.Reads);
    }

    [Theory]
    [MemberData(nameof(VoidAccess))]
    public async Task User_ShouldTellEverySessionAndStop_WhenAChangeEndsItsAccess(UserAccess? access, RevocationReason reason)
    {
        var rig = new UsersRig(this);
        var (first, _, userActor) = await rig.SubscribeAsync();
        var (second, _, _) = await rig.SubscribeAsync();
        first.Watch(userActor);
        rig.Users.Access = access;

        rig.Changed(access is null ? ChangeOperation.Delete : ChangeOperation.Update);

        Assert.Equal(new UserRevoked(SessionRig.User, reason), await first.ExpectMsgAsync<UserRevoked>());
        Assert.Equal(new UserRevoked(SessionRig.User, reason), await second.ExpectMsgAsync<UserRevoked>());
        await first.ExpectTerminatedAsync(userActor);
    }

    [Fact]
    public async Task User_ShouldStay_WhenAChangeLeavesItsAccessAsItWas()
    {
        var rig = new UsersRig(this);
        var (subscriber, _, userActor) = await rig.SubscribeAsync();

        rig.Changed();
        await rig.ReadAsync(2);

        Assert.Equal(userActor, (await rig.SubscribeAsync()).UserActor);
        Assert.False(subscriber.HasMessages);
    }

    [Fact]
    public async Task User_ShouldBeReadAnew_WhenAChangeComesDuringARead()
    {
        var rig = new UsersRig(this);
        var (subscriber, _, _) = await rig.SubscribeAsync();
        rig.Users.Hangs = true;
        rig.Changed();
        await rig.ReadAsync(2);
        rig.Users.Hangs = false;
        rig.Users.Access = null;

        rig.Changed();

        Assert.Equal(RevocationReason.Deleted, (await subscriber.ExpectMsgAsync<UserRevoked>()).Reason);
    }

    [Fact]
    public async Task User_ShouldBeRevoked_WhenEveryMessageWasLost()
    {
        var rig = new UsersRig(this);
        var (subscriber, _, _) = await rig.SubscribeAsync();
        rig.Users.Access = SessionRig.GoodAccess with { Enabled = false };

        this.Advance(rig.Options.RecheckInterval - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, rig.Users.Reads);
        this.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(RevocationReason.Disabled, (await subscriber.ExpectMsgAsync<UserRevoked>()).Reason);
    }

    [Fact]
    public async Task User_ShouldBeReadAgainAndAgain()
    {
        var rig = new UsersRig(this);
        await rig.SubscribeAsync();

        await rig.AdvanceUntilReadAsync(4, rig.Options.RecheckInterval);
    }

    [Fact]
    public async Task User_ShouldBeUnavailable_WhenTheDatabaseFails_AndComeBackWithIt()
    {
        var rig = new UsersRig(this);
        rig.Users.Fails = true;
        var subscriber = CreateTestProbe();

        await EventFilter.Warning(contains: "cannot be read").ExpectOneAsync(async () =>
        {
            rig.Ask(subscriber);
            await subscriber.ExpectMsgAsync<UserStateUnavailable>();
            await rig.AdvanceUntilReadAsync(4, TimeSpan.FromMilliseconds(200));
        });
        rig.Ask(subscriber);
        await subscriber.ExpectMsgAsync<UserStateUnavailable>();

        await EventFilter.Warning(contains: "is read again").ExpectOneAsync(async () =>
        {
            rig.Users.Fails = false;
            await this.AdvanceUntilAsync("the user is known", TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1), async () =>
            {
                rig.Ask(subscriber);
                return await subscriber.ReceiveOneAsync(TimeSpan.FromSeconds(3)) is UserStateSnapshot;
            });
        });
    }

    [Fact]
    public async Task User_ShouldKeepItsSessions_WhenARecheckFails()
    {
        var rig = new UsersRig(this);
        var (subscriber, _, userActor) = await rig.SubscribeAsync();
        rig.Users.Fails = true;
        await rig.AdvanceUntilReadAsync(3, rig.Options.RecheckInterval);
        Assert.False(subscriber.HasMessages);

        rig.Users.Fails = false;
        rig.Users.Access = null;
        await this.AdvanceUntilAsync("the session is told", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1),
            () => Task.FromResult(subscriber.HasMessages));

        await subscriber.ExpectMsgAsync<UserRevoked>();
        Assert.Equal(userActor, subscriber.Sender);
    }

    [Fact]
    public async Task User_ShouldWarnItsSessions_WhenAChangeCannotBeRead()
    {
        var rig = new UsersRig(this);
        var (subscriber, _, _) = await rig.SubscribeAsync();
        rig.Users.Fails = true;

        rig.Changed();

        await subscriber.ExpectMsgAsync<UserStateUnavailable>();
    }

    [Fact]
    public async Task User_ShouldCountAsUnavailable_WhenTheDatabaseNeverAnswers()
    {
        var rig = new UsersRig(this);
        rig.Users.Hangs = true;
        var subscriber = CreateTestProbe();
        rig.Ask(subscriber);
        await rig.ReadAsync(1);

        await this.AdvanceUntilAsync("the read is given up", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1),
            () => Task.FromResult(subscriber.HasMessages));

        await subscriber.ExpectMsgAsync<UserStateUnavailable>();
    }

    [Fact]
    public async Task User_ShouldStay_WhenItsPasswordChangesWhileNobodyListens()
    {
        var parent = CreateTestProbe();
        var users = new FailableUserAccess { Access = SessionRig.GoodAccess };
        var options = new UserStateOptions { IdleTimeout = TimeSpan.FromSeconds(1) };
        var userActor = parent.ChildActorOf(UserStateActor.Props(SessionRig.User, users, options));
        var gone = CreateTestProbe();
        gone.Send(userActor, new SubscribeToUserState(SessionRig.User, gone.Ref));
        await gone.ExpectMsgAsync<UserStateSnapshot>();
        Sys.Stop(gone.Ref);
        await this.AdvanceUntilAsync("the actor knows that nobody listens", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1),
            () => Task.FromResult(parent.HasMessages));

        users.Access = SessionRig.GoodAccess with { Generation = SessionRig.Generation + 1 };
        var reads = users.Reads;
        userActor.Tell(new UserStateActor.UserChanged(SessionRig.User));

        await this.AdvanceUntilAsync("it goes on reading", options.RecheckInterval, TimeSpan.FromMinutes(5),
            () => Task.FromResult(users.Reads >= reads + 3));
        var next = CreateTestProbe();
        next.Send(userActor, new SubscribeToUserState(SessionRig.User, next.Ref));
        Assert.Equal(users.Access, (await next.ExpectMsgAsync<UserStateSnapshot>()).Access);
    }

    [Fact]
    public async Task User_ShouldNotBelieveARead_ThatALaterOneSuperseded()
    {
        var users = new ScriptedUserAccess();
        var userActor = Sys.ActorOf(UserStateActor.Props(SessionRig.User, users, new UserStateOptions()));
        userActor.Tell(new SubscribeToUserState(SessionRig.User, TestActor));
        (await users.NextAsync()).SetResult(SessionRig.GoodAccess);
        await ExpectMsgAsync<UserStateSnapshot>();

        userActor.Tell(new UserStateActor.UserChanged(SessionRig.User));
        var superseded = await users.NextAsync();
        userActor.Tell(new UserStateActor.UserChanged(SessionRig.User));
        var current = await users.NextAsync();
        superseded.SetResult(null);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50)); // No reply could show that the message had no effect.
        current.SetResult(SessionRig.GoodAccess);

        userActor.Tell(new SubscribeToUserState(SessionRig.User, TestActor));
        await ExpectMsgAsync<UserStateSnapshot>();
    }

    /// <summary>Each read ends when, and with the result that, the spec chooses.</summary>
    private sealed class ScriptedUserAccess : IUserAccessReader
    {
        private readonly Channel<TaskCompletionSource<UserAccess?>> _reads = Channel.CreateUnbounded<TaskCompletionSource<UserAccess?>>();

        public Task<TaskCompletionSource<UserAccess?>> NextAsync() =>
            _reads.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        public Task<UserAccess?> ReadAsync(Guid userId, CancellationToken cancellation)
        {
            var read = new TaskCompletionSource<UserAccess?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _reads.Writer.TryWrite(read);
            return read.Task;
        }
    }
}
