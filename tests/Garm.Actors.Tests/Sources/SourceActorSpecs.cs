using Akka.Actor;
using Garm.Actors.Sources;
using Garm.Contracts.Events;
using Garm.Log.Sources;

namespace Garm.Actors.Tests.Sources;

/// <summary>After any fault of frames and lists the mirror is what the server lists, and nothing that did not change makes an event.</summary>
public sealed class SourceActorSpecs : SourceSpecBase
{
    [Fact]
    public async Task TheFirstList_BringsEverything_AsTheServerShowsItAlone()
    {
        Server.AloneBesides = ",\"http_proxy\":\"http://p\"";
        Server.Set("proxies", Proxy(1), Proxy(2));

        await SyncAsync();

        Assert.Equal(["create controller controller-1", "create proxy 1", "create proxy 2"], Mirror.Log);
        Assert.Contains("http_proxy", Mirror.PayloadOf(EntityType.Proxy, "1"));
        Assert.Equal((3, 0, "controller-1", "v0.2.0"), (Mirror.Report!.Entities, Mirror.Report.Repairs, Mirror.Report.ControllerId, Mirror.Report.Version));
    }

    [Fact]
    public async Task Events_AreMirrored_AsTheServerSentThem()
    {
        await SyncedAsync();
        const string payload = """{ "id":1,"name":"p",  "updated_at":"2026-01-01T00:00:01Z" }""";

        Server.Emit("proxy", "create", payload);
        Server.Emit("proxy", "update", Proxy(1, 5));
        Server.Emit("proxy", "delete", """{"id":1,"name":"p","updated_at":"0001-01-01T00:00:00Z"}""");

        await ShouldLogAsync("create proxy 1", "update proxy 1", "delete proxy 1");
        Assert.Equal(0, Mirror.Report!.Repairs);
    }

    [Fact]
    public async Task ADroppedFrame_IsRepaired_ByTheNextList()
    {
        await SyncedAsync(Proxy(1), Proxy(2));

        Server.Set("proxies", Proxy(1, 7), Proxy(3));

        await ShouldLogAsync("update proxy 1", "create proxy 3", "delete proxy 2");
        await UntilAsync("three repairs are told", () => Mirror.Report!.Repairs == 3);
    }

    [Fact]
    public async Task ADoubledFrame_MakesOneEvent_AndALateOneNone()
    {
        await SyncedAsync(Proxy(1));

        Server.Emit("proxy", "update", Proxy(1, 7));
        Server.Emit("proxy", "update", Proxy(1, 7));
        Server.Emit("proxy", "update", Proxy(1, 5));
        Server.Set("proxies", Proxy(1, 7), Proxy(9, 1));
        Server.Emit("proxy", "create", Proxy(9, 1));

        await ShouldLogAsync("update proxy 1", "create proxy 9");
        Assert.Contains("00:00:07Z", Mirror.PayloadOf(EntityType.Proxy, "1"));
    }

    [Fact]
    public async Task AServersClock_ThatIsElsewhere_AndIsSetBack_IsOnlyComparedWithItself()
    {
        const string tomorrow = """{"id":1,"name":"a","updated_at":"2099-01-01T00:00:00Z"}""";
        const string yesterday = """{"id":1,"name":"b","updated_at":"1999-01-01T00:00:00Z"}""";
        await SyncedAsync(Proxy(1));
        Server.Set("proxies", tomorrow);
        Server.Emit("proxy", "update", tomorrow);
        await ShouldLogAsync("update proxy 1");

        // As an event it could be a late one; the list says that it is not.
        Server.Emit("proxy", "update", yesterday);
        await RelistAsync();
        Assert.Equal(tomorrow, Mirror.PayloadOf(EntityType.Proxy, "1"));
        Server.Set("proxies", yesterday);

        await ShouldLogAsync("update proxy 1", "update proxy 1");
        Assert.Equal(yesterday, Mirror.PayloadOf(EntityType.Proxy, "1"));
    }

    [Fact]
    public async Task AnEventForSomethingUnknown_IsACreation_AndADeletionOfItNothing()
    {
        await SyncedAsync();

        Server.Emit("proxy", "delete", Proxy(8));
        Server.Emit("proxy", "update", Proxy(7));
        Server.Set("proxies", Proxy(7));

        await ShouldLogAsync("create proxy 7");
    }

    [Fact]
    public async Task AListThatFails_DeletesNothing_AndIsReadAgain()
    {
        await SyncedAsync(Proxy(1), Proxy(2));
        Server.Faults["proxies"] = (1, () => new SourceException("the list of /proxies is cut"));
        Server.Set("proxies", Proxy(1));

        await UntilAsync("the failure is told", () => Mirror.Report is { State: SourceStates.Retrying, Message: "the list of /proxies is cut" });
        Assert.Empty(Mirror.Log);
        Assert.Equal(1, Server.OpenSockets); // Events go on.
        Server.Faults.Clear();

        await ShouldLogAsync("delete proxy 2");
        await UntilAsync("it is synced again", () => Mirror.Report!.State == SourceStates.Synced);
    }

    [Fact]
    public async Task OneListThatFails_LeavesTheOthersToBeCompared()
    {
        await SyncedAsync(Proxy(1));
        Server.Faults["proxies"] = (0, () => new SourceException("500"));
        Server.Set("templates", """{"id":4,"name":"t"}""");

        await UntilAsync("the template is there", () => Mirror.Log.Count > 0);
        Assert.Equal(["create template 4"], Mirror.Log);
    }

    [Fact]
    public async Task AnEmptyList_DeletesAll_AndAnotherOrderIsNothing()
    {
        await SyncedAsync(Proxy(1), Proxy(2), Proxy(3));
        Server.Set("proxies", Proxy(3), Proxy(1), Proxy(2));
        await RelistAsync();
        Assert.Empty(Mirror.Log);

        Server.Set("proxies");

        await ShouldLogAsync("delete proxy 1", "delete proxy 2", "delete proxy 3");
    }

    [Fact]
    public async Task ARouteThatTheServerLacks_DeletesNothingOfItsType()
    {
        await SyncedAsync(Proxy(1));
        Server.Faults["proxies"] = (0, () => new NoSuchRouteException("/proxies"));

        await RelistAsync();

        Assert.Empty(Mirror.Log);
        Assert.Equal(SourceStates.Synced, Mirror.Report!.State);
    }

    [Fact]
    public async Task APageThatMoves_DeletesNothing()
    {
        Server.Set("objects", """{"id":1,"name":"a"}""", """{"id":2,"name":"b"}""");
        await SyncedAsync();
        var whole = new[] { """{"id":1,"name":"a"}""", """{"id":2,"name":"b"}""" };

        // The entry is missed while the pages are read, and is there when it is asked for.
        Server.Set("objects", whole[0]);
        Server.InTheMiddle["objects"] = () => Server.Set("objects", whole);
        await RelistAsync();

        Assert.Empty(Mirror.Log);
    }

    [Fact]
    public async Task WhatAnEventTouched_WhileItWasListed_WinsOverTheList()
    {
        await SyncedAsync(Proxy(1), Proxy(2));
        Server.Set("proxies", Proxy(1), Proxy(2, 3));
        Server.InTheMiddle["proxies"] = () =>
        {
            // Newer than what is in the list that is being read.
            Server.Emit("proxy", "delete", Proxy(2));
            Server.Emit("proxy", "create", Proxy(5));
            Server.InTheMiddle.Clear();
            Server.Set("proxies", Proxy(1), Proxy(5));
        };

        await ShouldLogAsync("delete proxy 2", "create proxy 5");
    }

    [Fact]
    public async Task SomethingDeletedAndMadeAgain_IsTheNewOne()
    {
        await SyncedAsync(Proxy(1, 1));

        Server.Emit("proxy", "delete", Proxy(1));
        Server.Emit("proxy", "create", Proxy(1, 9));
        Server.Set("proxies", Proxy(1, 9));

        await ShouldLogAsync("delete proxy 1", "create proxy 1");
        Assert.Contains("00:00:09Z", Mirror.PayloadOf(EntityType.Proxy, "1"));
    }

    [Fact]
    public async Task ADeletedFile_IsFoundByAList_BecauseItsEventDoesNotSayWhich()
    {
        Server.Set("objects", """{"id":1,"name":"a"}""", """{"id":2,"name":"b"}""");
        await SyncedAsync();
        Server.Set("objects", """{"id":2,"name":"b"}""");
        var reads = Server.Reads["objects"];

        Server.Emit("file_object", "delete", """{"id":0,"name":""}""");

        var moved = await ShouldLogAsync("delete file_object 1");
        Assert.True(moved < TimeSpan.FromSeconds(4), $"it took {moved}, a whole relist");
        Assert.True(Server.Reads["objects"] > reads);
    }

    [Fact]
    public async Task ARouteThatIsThereNoMore_DeletesNothing_OfATypeWithTwoLists()
    {
        Server.Set("github/endpoints", """{"name":"github.com"}""");
        Server.Set("gitea/endpoints", """{"name":"gitea"}""");
        await SyncedAsync();

        Server.Faults["gitea/endpoints"] = (0, () => new NoSuchRouteException("/gitea/endpoints"));

        await RelistAsync();
        Assert.Empty(Mirror.Log);
        Assert.Equal(SourceStates.Synced, Mirror.Report!.State);
    }

    [Fact]
    public async Task AServerThatNeverHadARoute_IsSynced_AndTheRestOfTheTypeIsCompared()
    {
        Server.Faults["gitea/endpoints"] = (0, () => new NoSuchRouteException("/gitea/endpoints"));
        Server.Faults["proxies"] = (0, () => new NoSuchRouteException("/proxies"));
        Server.Set("github/endpoints", """{"name":"github.com"}""", """{"name":"ghes"}""");
        await SyncedAsync();

        Server.Set("github/endpoints", """{"name":"github.com"}""");

        await ShouldLogAsync("delete github_endpoint ghes");
        Assert.Equal(SourceStates.Synced, Mirror.Report!.State);
    }

    [Fact]
    public async Task LineBreaksBetweenThePartsOfAPayload_AreLeftOut()
    {
        await SyncedAsync();

        Server.Emit("proxy", "create", "{\n  \"id\": 1,\r\n  \"name\": \"a\\nb\"\n}");

        await UntilAsync("the event is logged", () => Mirror.Log.Count > 0);
        Assert.Equal("{  \"id\": 1,  \"name\": \"a\\nb\"}", Mirror.PayloadOf(EntityType.Proxy, "1"));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("""{"entity-type":"proxy","operation":"create","payload":null}""")]
    [InlineData("""{"entity-type":"proxy","operation":"create","payload":{"name":"without an id"}}""")]
    [InlineData("""{"entity-type":"github_endpoint","operation":"create","payload":{"name":"\ud800"}}""")]
    [InlineData("""{"entity-type":"of a later version","operation":"create","payload":{"id":1}}""")]
    public async Task AFrameThatIsNoEvent_IsPassedOver(string frame)
    {
        await SyncedAsync();

        Server.Send(frame);
        Server.Emit("proxy", "create", Proxy(1));

        await UntilAsync("the event after it is logged", () => Mirror.Log.Contains("create proxy 1"));
        Assert.Single(Mirror.Log);
        Assert.Equal(1, Server.OpenSockets);
    }
}
