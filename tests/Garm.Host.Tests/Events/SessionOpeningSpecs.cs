using Akka.Actor;
using Garm.Actors.Sessions;
using Garm.Host.Events;
using Xunit;

namespace Garm.Host.Tests.Events;

public sealed class SessionOpeningSpecs : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("opening", "akka.loglevel = WARNING");
    private readonly ScriptedManager.State _state = new() { HoldOpening = true };
    private readonly OpenSession _open = new(
        SessionId.NewId(), new SessionGrant(default, 1, null), new OutboundQueue(OutboundLimits.Default));

    private IActorRef Manager => _system.ActorOf(Props.Create(() => new ScriptedManager(_state)));

    private IActorRef Session => _system.ActorOf(Props.Create(() => new ScriptedSession(_state.Script, _open.Outbound)));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task SessionThatComesTooLate_ShouldBeEnded()
    {
        var answer = await SessionOpening.AskAsync(
            Manager, _open, TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        Assert.Null(answer);
        await ShouldEndAsync(Session);
    }

    [Fact]
    public async Task SessionOfAClientThatHasGone_ShouldBeEnded()
    {
        using var gone = new CancellationTokenSource();
        var asking = SessionOpening.AskAsync(Manager, _open, TimeSpan.FromMinutes(1), TimeProvider.System, gone.Token);
        await gone.CancelAsync();
        Assert.Null(await asking.OrFail("the wait is given up"));
        await ShouldEndAsync(Session);
    }

    [Fact]
    public async Task Session_ShouldBeGivenOut_WhenItComesInTime()
    {
        var asking = SessionOpening.AskAsync(
            Manager, _open, TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
        var opened = new SessionOpened(_open.Id, Session);
        (await _state.Held.Reader.ReadAsync().OrFail("the manager is asked")).Asker.Tell(opened);
        Assert.Same(opened, await asking.OrFail("the answer comes"));
        Assert.True(new SessionHandle(opened.Session, _state.Script).WasToldNothingMore);
    }

    private async Task ShouldEndAsync(IActorRef session)
    {
        (await _state.Held.Reader.ReadAsync().OrFail("the manager is asked")).Asker.Tell(new SessionOpened(_open.Id, session));
        var told = await new SessionHandle(session, _state.Script).ToldAsync<ClientFailed>();
        Assert.Equal(SessionCloseReason.ConnectionLost, told.Reason);
    }
}
