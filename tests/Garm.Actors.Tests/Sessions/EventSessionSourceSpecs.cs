using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Actors.Users;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Sessions;

/// <summary>A session whose token is one of a source's server.</summary>
public sealed class EventSessionSourceSpecs() : TestKit(VirtualTime.Config)
{
    [Theory]
    [InlineData("""{"send-everything":true}""")]
    [InlineData("""{"send-everything":true,"source":["east","west"]}""")]
    [InlineData("""{"filters":[{"entity-type":"pool"}]}""")]
    [InlineData("""{"filters":[{"entity-type":"pool","source":"east"},{"entity-type":"pool","source":"west"}]}""")]
    public async Task Session_ShouldSeeItsSourceAlone_WhateverItAsksFor(string message)
    {
        var filter = await FilterAsync(message);

        Assert.True(filter.Matches(Of("east")));
        Assert.False(filter.Matches(Of("west")));
        Assert.False(filter.Matches(Of("")));
        Assert.All(filter.Ranges(), x => Assert.Equal("east", x.Source));
    }

    [Theory]
    [InlineData("""{"send-everything":true,"source":"west"}""")]
    [InlineData("""{"filters":[{"entity-type":"pool","source":""}]}""")]
    public async Task Session_ShouldSeeNothing_WhenItAsksForAnotherSource(string message)
    {
        var filter = await FilterAsync(message);

        Assert.True(filter.IsSet);
        Assert.All(["east", "west", ""], x => Assert.False(filter.Matches(Of(x))));
    }

    [Fact]
    public async Task Session_ShouldCompareFieldsBesides()
    {
        var filter = await FilterAsync("""{"filters":[{"entity-type":"pool","match":{"name":"a"}}]}""");

        Assert.True(filter.Matches(Of("east", "a")));
        Assert.False(filter.Matches(Of("east", "b")));
        Assert.False(filter.Matches(Of("west", "a")));
    }

    [Fact]
    public async Task Session_ShouldClose_WhenTheServerRefusesTheToken()
    {
        var rig = SessionRig.StartAtSource(this, "east");
        await rig.ConfirmAsync(SessionRig.GoodAccess);
        await rig.FilterAsync("""{"send-everything":true}""");

        rig.UserActor.Send(rig.Session, new UserRevoked(SessionRig.User, RevocationReason.RefusedBySource));

        Assert.Equal(["close 1000"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldBeConfirmedByTheActorOfItsNewToken_AndNoMoreByTheFormers()
    {
        var rig = SessionRig.StartAtSource(this, "east", TimeSpan.FromMinutes(5));
        await rig.ConfirmAsync(SessionRig.GoodAccess, rig.Users);
        await rig.FilterAsync("""{"send-everything":true,"cursor":"now","heartbeat-seconds":0}""");
        var (former, later) = (rig.Users, CreateTestProbe());
        rig.Tokens["new"] = new SessionGrant(SessionRig.User, SessionRig.Generation, Sys.Scheduler.Now.AddHours(1))
        {
            Source = new SourceAccess("east", later.Ref, rig.Tokens),
        };

        rig.Say("""{"token":"new"}""");

        await former.ExpectMsgAsync<UnsubscribeFromUserState>();
        Assert.Equal(new SubscribeToUserState(SessionRig.User, rig.Session), await later.ExpectMsgAsync<SubscribeToUserState>());
        later.Send(rig.Session, new UserStateSnapshot(SessionRig.User, SessionRig.GoodAccess));
        former.Send(rig.Session, new UserRevoked(SessionRig.User, RevocationReason.RefusedBySource)); // The first token has ended.
        Assert.True((await rig.StatsAsync()).Live);
        this.Advance(rig.Options.ConfirmTimeout * 2);
        Assert.True((await rig.StatsAsync()).Live);

        later.Send(rig.Session, new UserRevoked(SessionRig.User, RevocationReason.RefusedBySource));
        Assert.Equal("close 1000", (await rig.EndAsync())[^1]);
    }

    private async Task<EventFilter> FilterAsync(string message)
    {
        var rig = SessionRig.StartAtSource(this, "east");
        await rig.ConfirmAsync(SessionRig.GoodAccess);
        rig.Say(message);
        return (await rig.Relay.ExpectMsgAsync<Subscribe>()).Filter!;
    }

    private static RelayedChange Of(string source, string name = "a") =>
        (Samples.Change(1) with { Source = source, Payload = System.Text.Encoding.UTF8.GetBytes($$"""{"name":"{{name}}"}""") }).Relayed();
}
