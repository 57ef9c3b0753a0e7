using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Actors.Users;

namespace Garm.Actors.Tests.Sessions;

public sealed class UserWatchActorSpecs : TestKit
{
    private readonly EventSessionOptions _options = new();
    private readonly UsersRig _rig;
    private readonly TestProbe _connection;

    public UserWatchActorSpecs()
        : base(VirtualTime.Config)
    {
        _rig = new UsersRig(this);
        _connection = CreateTestProbe();
    }

    [Fact]
    public async Task Connection_ShouldBeUsed_OnceItsUserIsConfirmed_AndEnd_WithTheUsersAccess()
    {
        Watch(TimeSpan.FromHours(1));
        await _connection.ExpectMsgAsync("confirmed");

        _rig.Users.Access = SessionRig.GoodAccess with { Enabled = false };
        _rig.Changed();

        await _connection.ExpectMsgAsync("ended");
    }

    [Fact]
    public async Task Connection_ShouldEnd_WithItsToken()
    {
        Watch(TimeSpan.FromMinutes(5));
        await _connection.ExpectMsgAsync("confirmed");

        this.Advance(TimeSpan.FromMinutes(4));
        Assert.False(_connection.HasMessages);
        this.Advance(TimeSpan.FromMinutes(1));

        await _connection.ExpectMsgAsync("ended");
    }

    [Fact]
    public async Task Connection_ShouldEnd_WhenItsGenerationIsVoid()
    {
        Watch(TimeSpan.FromHours(1), generation: 77);

        await _connection.ExpectMsgAsync("ended");
    }

    [Fact]
    public async Task Connection_ShouldEnd_WhenNobodyConfirmsItsUserInTime()
    {
        var users = CreateTestProbe();
        Watch(TimeSpan.FromHours(1), users: users.Ref);
        await users.ExpectMsgAsync<SubscribeToUserState>(); // The timer of the deadline starts before the first request.

        this.Advance(_options.ConfirmTimeout);

        await _connection.ExpectMsgAsync("ended");
    }

    private void Watch(TimeSpan life, long? generation = null, IActorRef? users = null)
    {
        var grant = new SessionGrant(
            SessionRig.User, generation ?? SessionRig.GoodAccess.Generation, Sys.Scheduler.Now + life);
        var connection = _connection.Ref;
        Sys.ActorOf(UserWatchActor.Props(
            users ?? _rig.Manager, grant, _options, () => connection.Tell("confirmed"), () => connection.Tell("ended")));
    }
}
