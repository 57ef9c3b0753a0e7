using Akka.Actor;
using Garm.Actors.Sources;
using Garm.Contracts.Events;
using Garm.Log.Sources;

namespace Garm.Actors.Tests.Sources;

/// <summary>Logins, settings, leases and another server: what becomes of the mirror.</summary>
public sealed class SourceLifeSpecs : SourceSpecBase
{
    [Fact]
    public async Task AnotherControllerId_IsAnotherServer_WhoseMirrorBeginsAnew()
    {
        await SyncedAsync(Proxy(1), Proxy(2));
        Server.SetController("controller-2");
        Server.Set("proxies", Proxy(1, 30));

        Server.Cut();

        await ShouldLogAsync(
            "delete controller controller-1", "delete proxy 1", "delete proxy 2", "create controller controller-2", "create proxy 1");
        await UntilAsync("it is synced", () => Mirror.Report is { State: SourceStates.Synced, ControllerId: "controller-2", Repairs: 0 });
    }

    [Fact]
    public async Task ATokenThatEndsInTheMiddle_IsReplacedByAnother()
    {
        await SyncedAsync(Proxy(1), Proxy(2));
        var logins = Server.Logins;
        Server.Faults["proxies"] = (1, () =>
        {
            Server.Faults.Clear();
            return new LoginEndedException("the server takes the login no more");
        }
        );
        Server.Set("proxies", Proxy(1));

        await ShouldLogAsync("delete proxy 2");
        Assert.Equal(logins + 1, Server.Logins);
        Assert.Equal(1, Server.OpenSockets);
    }

    [Fact]
    public async Task TheLogin_IsRenewed_BeforeTheTokenEnds_WithoutAGap()
    {
        Server.TokenLifetime = TimeSpan.FromMinutes(40);
        await SyncedAsync();

        await MoveAsync(TimeSpan.FromMinutes(29));
        Assert.Equal(1, Server.Logins);
        await MoveAsync(TimeSpan.FromMinutes(2));

        await UntilAsync("there is a second login", () => Server.Logins == 2);
        await UntilAsync("the first socket is closed", () => Server.OpenSockets == 1);
        Assert.Equal(SourceStates.Synced, Mirror.Report!.State);
        Assert.Empty(Mirror.Log);
    }

    [Fact]
    public async Task TwoQuietHours_MakeNoEvent_AndAskForNothingAlone()
    {
        Server.Set("instances", """{"id":"11111111-1111-1111-1111-111111111111","name":"r","updated_at":"2026-01-01T00:00:01Z","status_messages":[]}""");
        Server.AloneBesides = ",\"addresses\":[\"10.0.0.1\"]";
        await SyncedAsync(Proxy(1));
        await RelistAsync();
        var (lists, questions) = (Server.Reads["proxies"], Server.Questions);

        await MoveAsync(TimeSpan.FromHours(2));

        Assert.Empty(Mirror.Log);
        Assert.Equal(questions, Server.Questions);
        Assert.InRange(Server.Reads["proxies"] - lists, 500, 800);
    }

    [Fact]
    public async Task AnUnreachableServer_IsTriedAgain_WithGrowingPauses()
    {
        Server.Refusal = "https://garm.example.com cannot be reached: Connection refused";
        var actor = Start();
        await UntilAsync("the failure is told", () => Mirror.Report is { State: SourceStates.Retrying } x && x.Message == Server.Refusal);

        await MoveAsync(TimeSpan.FromMinutes(10));
        Server.Refusal = null;
        await UntilAsync("it is synced", () => Mirror.Report!.State == SourceStates.Synced);

        Assert.Equal("", Mirror.Report!.Message);
        Sys.Stop(actor);
    }

    [Fact]
    public async Task AWriteThatFails_IsWrittenAgain_InOrder()
    {
        await SyncedAsync();
        Mirror.WriteFault = new InvalidOperationException("the database is away");
        Server.Emit("proxy", "create", Proxy(1));
        Server.Emit("proxy", "update", Proxy(1, 2));
        Server.Set("proxies", Proxy(1, 2));
        await MoveAsync(TimeSpan.FromSeconds(5));
        Mirror.WriteFault = null;

        await ShouldLogAsync("create proxy 1", "update proxy 1");
    }

    [Fact]
    public async Task ANodeWithoutTheLease_WritesNothing_AndLetsTheConnectionGo()
    {
        await SyncedAsync();

        Mirror.TakeOver();
        Server.Emit("proxy", "create", Proxy(1));

        await UntilAsync("the socket is closed", () => Server.OpenSockets == 0);
        Assert.Empty(Mirror.Log);
    }

    [Fact]
    public async Task ARemovedSource_GetsItsDeletions_ThenItIsGone()
    {
        await SyncedAsync(Proxy(1));

        Mirror.Settings = Mirror.Settings! with { IsLeaving = true, Revision = 2 };

        await UntilAsync("the row is gone", () => Mirror.Settings is null);
        Assert.Equal(["delete controller controller-1", "delete proxy 1"], Mirror.Log);
        Assert.Equal(0, Server.OpenSockets);
    }

    [Fact]
    public async Task ChangedSettings_AreTaken_WithANewConnection()
    {
        await SyncedAsync(Proxy(1));

        Mirror.Settings = Mirror.Settings! with { Username = "other", Revision = 2 };

        await UntilAsync("there is a second login", () => Server.Logins == 2);
        await UntilAsync("the first socket is closed", () => Server.OpenSockets == 1);
        Assert.Empty(Mirror.Log);
    }

    [Fact]
    public async Task ADisabledSource_IsNotConnectedTo_AndKeepsItsMirror()
    {
        await SyncedAsync(Proxy(1));

        Mirror.Settings = Mirror.Settings! with { IsEnabled = false, Revision = 2 };

        await UntilAsync("the socket is closed", () => Server.OpenSockets == 0);
        Assert.Empty(Mirror.Log);
        Assert.NotNull(Mirror.PayloadOf(EntityType.Proxy, "1"));
    }

    [Fact]
    public async Task EventsOfAnotherServer_AreMirrored_AfterTheFormersDeletions()
    {
        await SyncedAsync(Proxy(1));
        Server.SetController("controller-2");
        Server.Set("proxies", Proxy(1, 30), Proxy(2, 30));
        Server.AtConnection = () =>
        {
            // Its socket is open before this side knows which server it is of.
            Server.Emit("proxy", "update", Proxy(1, 30));
            Server.Emit("proxy", "create", Proxy(2, 30));
        };
        Mirror.OnWrite = () =>
        {
            Mirror.OnWrite = null;
            Server.Emit("proxy", "create", Proxy(2, 30));
        };

        Server.Cut();

        await ShouldLogAsync(
            "delete controller controller-1", "delete proxy 1", "create controller controller-2", "create proxy 1", "create proxy 2");
    }

    [Fact]
    public async Task WhatTheFormerServerSent_AndWaited_IsDeletedToo()
    {
        await SyncedAsync(Proxy(1));
        Mirror.WriteFault = new InvalidOperationException("the database is away");
        Server.Emit("proxy", "create", Proxy(8));
        Server.SetController("controller-2");
        Server.Set("proxies");
        Server.Cut();
        await UntilAsync("there is a second login", () => Server.Logins == 2);

        Mirror.WriteFault = null;

        await UntilAsync("the new one is mirrored", () => Mirror.Log.Contains("create controller controller-2"));
        Assert.Equal(
            ["create proxy 8", "delete controller controller-1", "delete proxy 1", "delete proxy 8", "create controller controller-2"], Mirror.Log);
    }

    [Fact]
    public async Task FramesThatComeBeforeTheConnectionIsKnown_AreMirrored()
    {
        Server.AtConnection = () => Server.Emit("proxy", "update", Proxy(1, 9));
        Server.Set("proxies", Proxy(1, 9));

        await SyncAsync();

        Assert.Equal(1, Mirror.Log.Count(x => x.EndsWith("proxy 1", StringComparison.Ordinal)));
        Assert.NotNull(Mirror.Report!.LastEventAt);
    }

    [Fact]
    public async Task AConnectionThatOpens_WhenItsActorHasStopped_IsClosed()
    {
        var opening = new TaskCompletionSource();
        Server.Opening = opening.Task;
        Start();
        await UntilAsync("the login has begun", () => Server.Logins == 1);
        Mirror.Settings = Mirror.Settings! with { IsEnabled = false, Revision = 2 };
        await UntilAsync("the lease is given back", () => !Mirror.IsHeld);

        opening.SetResult();

        await UntilAsync("the socket was opened", () => Server.Opened == 1);
        await UntilAsync("it is closed", () => Server.OpenSockets == 0);
    }

    [Fact]
    public async Task AWriteWithoutAnAnswer_ThatWasDone_IsKnown()
    {
        await SyncedAsync();
        Mirror.AnswerFault = new TimeoutException("no answer");
        Server.Emit("proxy", "create", Proxy(1));
        Server.Set("proxies", Proxy(1));
        await UntilAsync("it is told", () => Mirror.Report is { State: SourceStates.Retrying } x && x.Message.Contains("no answer"));
        Mirror.AnswerFault = null;
        await RelistAsync();

        // Its deletion is found by a list alone.
        Server.Set("proxies");

        await UntilAsync("it is deleted", () => Mirror.Log.Contains("delete proxy 1"));
        Assert.Equal(["create proxy 1", "delete proxy 1"], Mirror.Log);
        Assert.Equal(SourceStates.Synced, Mirror.Report!.State);
    }

    [Fact]
    public async Task ANodeThatStops_GivesTheLeaseBack()
    {
        var actor = Start();
        await UntilAsync("the source is synced", () => Mirror.Report?.State == SourceStates.Synced);

        Sys.Stop(actor);

        await UntilAsync("the lease is given back", () => !Mirror.IsHeld);
    }
}
