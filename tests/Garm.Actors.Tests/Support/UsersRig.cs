using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Users;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Support;

/// <summary>The users' manager between a probe that plays the relay and a user that changes on command.</summary>
internal sealed class UsersRig
{
    private readonly TestKit _kit;

    public UsersRig(TestKit kit, UserStateOptions? options = null)
    {
        _kit = kit;
        Options = options ?? new UserStateOptions();
        Relay = kit.CreateTestProbe();
        Manager = kit.Sys.ActorOf(UserStateManagerActor.Props(Relay.Ref, Users, Options));
    }

    public UserStateOptions Options { get; }

    public FailableUserAccess Users { get; } = new() { Access = SessionRig.GoodAccess };

    public TestProbe Relay { get; }

    public IActorRef Manager { get; }

    /// <summary>A subscriber that has sent its request and got an answer.</summary>
    public async Task<(TestProbe Subscriber, UserStateSnapshot Snapshot, IActorRef UserActor)> SubscribeAsync()
    {
        var subscriber = _kit.CreateTestProbe();
        Ask(subscriber);
        var snapshot = await subscriber.ExpectMsgAsync<UserStateSnapshot>();
        return (subscriber, snapshot, subscriber.Sender);
    }

    public void Ask(TestProbe subscriber) =>
        subscriber.Send(Manager, new SubscribeToUserState(SessionRig.User, subscriber.Ref));

    /// <summary>Delivers a change of the user, as the relay.</summary>
    public void Changed(ChangeOperation operation = ChangeOperation.Update)
    {
        var change = Samples.Change(1, new EventKind(EntityType.User, operation), SessionRig.User.ToString());
        Relay.Send(Manager, new RelayedChanges([new RelayedChange(Samples.Change(0), default), new RelayedChange(change, default)]));
    }

    /// <summary>Waits until the user was read this often.</summary>
    public Task ReadAsync(int times) => _kit.AwaitConditionAsync(() => Task.FromResult(Users.Reads >= times));

    /// <summary>Moves time until the user was read this often.</summary>
    public Task AdvanceUntilReadAsync(int times, TimeSpan step) => _kit.AdvanceUntilAsync(
        $"{times} reads were made", step, step * 100, () => Task.FromResult(Users.Reads >= times));
}
