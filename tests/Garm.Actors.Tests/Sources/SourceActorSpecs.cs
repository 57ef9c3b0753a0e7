using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Sources;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.Log.Sources;

namespace Garm.Actors.Tests.Sources;

/// <summary>After any fault the mirror is what the server lists, and nothing that did not change makes an event.</summary>
public sealed class SourceActorSpecs() : TestKit(VirtualTime.Config)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly ScriptedServer _server = new();
    private readonly MirrorInMemory _mirror = new();

    [Fact]
    public async Task TheFirstList_BringsEverything_AsTheServerShowsItAlone()
    {
        _server.AloneBesides = ",\"http_proxy\":\"http://p\"";
        _server.Set("proxies", Proxy(1), Proxy(2));

        await SyncAsync();

        Assert.Equal(["create controller controller-1", "create proxy 1", "create proxy 2"], _mirror.Log);
        Assert.Contains("http_proxy", _mirror.PayloadOf(EntityType.Proxy, "1"));
        Assert.Equal((3, 0, "controller-1", "v0.2.0"), (_mirror.Report!.Entities, _mirror.Report.Repairs, _mirror.Report.ControllerId, _mirror.Report.Version));
    }

    [Fact]
    public async Task Events_AreMirrored_AsTheServerSentThem()
    {
        await SyncedAsync();
        const string payload = """{ "id":1,"name":"p",  "updated_at":"2026-01-01T00:00:01Z" }""";

        _server.Emit("proxy", "create", payload);
        _server.Emit("proxy", "update", Proxy(1, 5));
        _server.Emit("proxy", "delete", """{"id":1,"name":"p","updated_at":"0001-01-01T00:00:00Z"}""");

        await ShouldLogAsync("create proxy 1", "update proxy 1", "delete proxy 1");
        Assert.Equal(0, _mirror.Report!.Repairs);
    }

    [Fact]
    public async Task ADroppedFrame_IsRepaired_ByTheNextList()
    {
        await SyncedAsync(Proxy(1), Proxy(2));

        _server.Set("proxies", Proxy(1, 7), Proxy(3));

        await ShouldLogAsync("update proxy 1", "create proxy 3", "delete proxy 2");
        await UntilAsync("three repairs are told", () => _mirror.Report!.Repairs == 3);
    }

    [Fact]
    public async Task ADoubledFrame_MakesOneEvent_AndALateOneNone()
    {
        await SyncedAsync(Proxy(1));

        _server.Emit("proxy", "update", Proxy(1, 7));
        _server.Emit("proxy", "update", Proxy(1, 7));
        _server.Emit("proxy", "update", Proxy(1, 5));
        _server.Set("proxies", Proxy(1, 7), Proxy(9, 1));
        _server.Emit("proxy", "create", Proxy(9, 1));

        await ShouldLogAsync("update proxy 1", "create proxy 9");
        Assert.Contains("00:00:07Z", _mirror.PayloadOf(EntityType.Proxy, "1"));
    }

    [Fact]
    public async Task AnEventForSomethingUnknown_IsACreation_AndADeletionOfItNothing()
    {
        await SyncedAsync();

        _server.Emit("proxy", "delete", Proxy(8));
        _server.Emit("proxy", "update", Proxy(7));
        _server.Set("proxies", Proxy(7));

        await ShouldLogAsync("create proxy 7");
    }

    [Fact]
    public async Task AListThatFails_DeletesNothing_AndIsReadAgain()
    {
        await SyncedAsync(Proxy(1), Proxy(2));
        _server.Faults["proxies"] = (1, () => new SourceException("the list of /proxies is cut"));
        _server.Set("proxies", Proxy(1));

        await UntilAsync("the failure is told", () => _mirror.Report is { State: SourceStates.Retrying, Message: "the list of /proxies is cut" });
        Assert.Empty(_mirror.Log);
        Assert.Equal(1, _server.OpenSockets); // Events go on.
        _server.Faults.Clear();

        await ShouldLogAsync("delete proxy 2");
        await UntilAsync("it is synced again", () => _mirror.Report!.State == SourceStates.Synced);
    }

    [Fact]
    public async Task OneListThatFails_LeavesTheOthersToBeCompared()
    {
        await SyncedAsync(Proxy(1));
        _server.Faults["proxies"] = (0, () => new SourceException("500"));
        _server.Set("templates", """{"id":4,"name":"t"}""");

        await UntilAsync("the template is there", () => _mirror.Log.Count > 0);
        Assert.Equal(["create template 4"], _mirror.Log);
    }

    [Fact]
    public async Task AnEmptyList_DeletesAll_AndAnotherOrderIsNothing()
    {
        await SyncedAsync(Proxy(1), Proxy(2), Proxy(3));
        _server.Set("proxies", Proxy(3), Proxy(1), Proxy(2));
        await RelistAsync();
        Assert.Empty(_mirror.Log);

        _server.Set("proxies");

        await ShouldLogAsync("delete proxy 1", "delete proxy 2", "delete proxy 3");
    }

    [Fact]
    public async Task ARouteThatTheServerLacks_DeletesNothingOfItsType()
    {
        await SyncedAsync(Proxy(1));
        _server.Faults["proxies"] = (0, () => new NoSuchRouteException("/proxies"));

        await RelistAsync();

        Assert.Empty(_mirror.Log);
        Assert.Equal(SourceStates.Synced, _mirror.Report!.State);
    }

    [Fact]
    public async Task APageThatMoves_DeletesNothing()
    {
        _server.Set("objects", """{"id":1,"name":"a"}""", """{"id":2,"name":"b"}""");
        await SyncedAsync();
        var whole = new[] { """{"id":1,"name":"a"}""", """{"id":2,"name":"b"}""" };

        // The entry is missed while the pages are read, and is there when it is asked for.
        _server.Set("objects", whole[0]);
        _server.InTheMiddle["objects"] = () => _server.Set("objects", whole);
        await RelistAsync();

        Assert.Empty(_mirror.Log);
    }

    [Fact]
    public async Task WhatAnEventTouched_WhileItWasListed_WinsOverTheList()
    {
        await SyncedAsync(Proxy(1), Proxy(2));
        _server.Set("proxies", Proxy(1), Proxy(2, 3));
        _server.InTheMiddle["proxies"] = () =>
        {
            // Newer than what is in the list that is being read.
            _server.Emit("proxy", "delete", Proxy(2));
            _server.Emit("proxy", "create", Proxy(5));
            _server.InTheMiddle.Clear();
            _server.Set("proxies", Proxy(1), Proxy(5));
        };

        await ShouldLogAsync("delete proxy 2", "create proxy 5");
    }

    [Fact]
    public async Task SomethingDeletedAndMadeAgain_IsTheNewOne()
    {
        await SyncedAsync(Proxy(1, 1));

        _server.Emit("proxy", "delete", Proxy(1));
        _server.Emit("proxy", "create", Proxy(1, 9));
        _server.Set("proxies", Proxy(1, 9));

        await ShouldLogAsync("delete proxy 1", "create proxy 1");
        Assert.Contains("00:00:09Z", _mirror.PayloadOf(EntityType.Proxy, "1"));
    }

    [Fact]
    public async Task ADeletedFile_IsFoundByAList_BecauseItsEventDoesNotSayWhich()
    {
        _server.Set("objects", """{"id":1,"name":"a"}""", """{"id":2,"name":"b"}""");
        await SyncedAsync();
        _server.Set("objects", """{"id":2,"name":"b"}""");
        var reads = _server.Reads["objects"];

        _server.Emit("file_object", "delete", """{"id":0,"name":""}""");

        var moved = await ShouldLogAsync("delete file_object 1");
        Assert.True(moved < TimeSpan.FromSeconds(4), $"it took {moved}, a whole relist");
        Assert.True(_server.Reads["objects"] > reads);
    }

    [Fact]
    public async Task AnotherControllerId_IsAnotherServer_WhoseMirrorBeginsAnew()
    {
        await SyncedAsync(Proxy(1), Proxy(2));
        _server.SetController("controller-2");
        _server.Set("proxies", Proxy(1, 30));

        _server.Cut();

        await ShouldLogAsync(
            "delete controller controller-1", "delete proxy 1", "delete proxy 2", "create controller controller-2", "create proxy 1");
        await UntilAsync("it is synced", () => _mirror.Report is { State: SourceStates.Synced, ControllerId: "controller-2", Repairs: 0 });
    }

    [Fact]
    public async Task ATokenThatEndsInTheMiddle_IsReplacedByAnother()
    {
        await SyncedAsync(Proxy(1), Proxy(2));
        var logins = _server.Logins;
        _server.Faults["proxies"] = (1, () =>
        {
            _server.Faults.Clear();
            return new LoginEndedException("the server takes the login no more");
        });
        _server.Set("proxies", Proxy(1));

        await ShouldLogAsync("delete proxy 2");
        Assert.Equal(logins + 1, _server.Logins);
        Assert.Equal(1, _server.OpenSockets);
    }

    [Fact]
    public async Task TheLogin_IsRenewed_BeforeTheTokenEnds_WithoutAGap()
    {
        _server.TokenLifetime = TimeSpan.FromMinutes(40);
        await SyncedAsync();

        await MoveAsync(TimeSpan.FromMinutes(29));
        Assert.Equal(1, _server.Logins);
        await MoveAsync(TimeSpan.FromMinutes(2));

        await UntilAsync("there is a second login", () => _server.Logins == 2);
        await UntilAsync("the first socket is closed", () => _server.OpenSockets == 1);
        Assert.Equal(SourceStates.Synced, _mirror.Report!.State);
        Assert.Empty(_mirror.Log);
    }

    [Fact]
    public async Task TwoQuietHours_MakeNoEvent_AndAskForNothingAlone()
    {
        _server.Set("instances", """{"id":"11111111-1111-1111-1111-111111111111","name":"r","updated_at":"2026-01-01T00:00:01Z","status_messages":[]}""");
        _server.AloneBesides = ",\"addresses\":[\"10.0.0.1\"]";
        await SyncedAsync(Proxy(1));
        await RelistAsync();
        var (lists, questions) = (_server.Reads["proxies"], _server.Questions);

        await MoveAsync(TimeSpan.FromHours(2));

        Assert.Empty(_mirror.Log);
        Assert.Equal(questions, _server.Questions);
        Assert.InRange(_server.Reads["proxies"] - lists, 500, 800);
    }

    [Fact]
    public async Task AnUnreachableServer_IsTriedAgain_WithGrowingPauses()
    {
        _server.Refusal = "https://garm.example.com cannot be reached: Connection refused";
        var actor = Start();
        await UntilAsync("the failure is told", () => _mirror.Report is { State: SourceStates.Retrying } x && x.Message == _server.Refusal);

        await MoveAsync(TimeSpan.FromMinutes(10));
        _server.Refusal = null;
        await UntilAsync("it is synced", () => _mirror.Report!.State == SourceStates.Synced);

        Assert.Equal("", _mirror.Report!.Message);
        Sys.Stop(actor);
    }

    [Fact]
    public async Task AWriteThatFails_IsWrittenAgain_InOrder()
    {
        await SyncedAsync();
        _mirror.WriteFault = new InvalidOperationException("the database is away");
        _server.Emit("proxy", "create", Proxy(1));
        _server.Emit("proxy", "update", Proxy(1, 2));
        _server.Set("proxies", Proxy(1, 2));
        await MoveAsync(TimeSpan.FromSeconds(5));
        _mirror.WriteFault = null;

        await ShouldLogAsync("create proxy 1", "update proxy 1");
    }

    [Fact]
    public async Task ANodeWithoutTheLease_WritesNothing_AndLetsTheConnectionGo()
    {
        await SyncedAsync();

        _mirror.TakeOver();
        _server.Emit("proxy", "create", Proxy(1));

        await UntilAsync("the socket is closed", () => _server.OpenSockets == 0);
        Assert.Empty(_mirror.Log);
    }

    [Fact]
    public async Task ARemovedSource_GetsItsDeletions_ThenItIsGone()
    {
        await SyncedAsync(Proxy(1));

        _mirror.Settings = _mirror.Settings! with { IsLeaving = true, Revision = 2 };

        await UntilAsync("the row is gone", () => _mirror.Settings is null);
        Assert.Equal(["delete controller controller-1", "delete proxy 1"], _mirror.Log);
        Assert.Equal(0, _server.OpenSockets);
    }

    [Fact]
    public async Task ChangedSettings_AreTaken_WithANewConnection()
    {
        await SyncedAsync(Proxy(1));

        _mirror.Settings = _mirror.Settings! with { Username = "other", Revision = 2 };

        await UntilAsync("there is a second login", () => _server.Logins == 2);
        await UntilAsync("the first socket is closed", () => _server.OpenSockets == 1);
        Assert.Empty(_mirror.Log);
    }

    [Fact]
    public async Task ADisabledSource_IsNotConnectedTo_AndKeepsItsMirror()
    {
        await SyncedAsync(Proxy(1));

        _mirror.Settings = _mirror.Settings! with { IsEnabled = false, Revision = 2 };

        await UntilAsync("the socket is closed", () => _server.OpenSockets == 0);
        Assert.Empty(_mirror.Log);
        Assert.NotNull(_mirror.PayloadOf(EntityType.Proxy, "1"));
    }

    private static string Proxy(int id, int second = 1) => $$"""{"id":{{id}},"name":"p{{id}}","updated_at":"2026-01-01T00:00:{{second:00}}Z"}""";

    private IActorRef Start() => Sys.ActorOf(SourcesActor.Props(_mirror, _mirror, _mirror, _server, new SourceOptions()));

    private async Task SyncAsync()
    {
        Start();
        await UntilAsync("the source is synced", () => _mirror.Report?.State == SourceStates.Synced);
    }

    /// <summary>Synced, with these proxies; what was logged is forgotten.</summary>
    private async Task SyncedAsync(params string[] proxies)
    {
        _server.Set("proxies", proxies);
        await SyncAsync();
        _mirror.Forget();
    }

    /// <summary>Until everything was listed again.</summary>
    private async Task RelistAsync()
    {
        var before = _mirror.Report!.LastListAt;
        await UntilAsync("everything was listed again", () => _mirror.Report!.LastListAt > before);
    }

    private async Task<TimeSpan> ShouldLogAsync(params string[] expected)
    {
        var moved = await UntilAsync($"{expected.Length} events are logged", () => _mirror.Log.Count >= expected.Length);
        Assert.Equal(expected, _mirror.Log);
        await RelistAsync();
        Assert.Equal(expected, _mirror.Log);
        return moved;
    }

    private async Task MoveAsync(TimeSpan time)
    {
        var step = time > TimeSpan.FromMinutes(5) ? Step * 5 : Step;
        for (var moved = TimeSpan.Zero; moved < time; moved += step)
        {
            this.Advance(step);
            await Task.Delay(1); // Lets the reads, which run on other threads, come back before time moves on.
        }
    }

    private Task<TimeSpan> UntilAsync(string condition, Func<bool> holds) =>
        this.AdvanceUntilAsync(condition, Step, TimeSpan.FromMinutes(10), () => Task.FromResult(holds()));
}
