using Garm.Actors.Sources;
using Garm.Log.Sources;

namespace Garm.Actors.Tests.Sources;

/// <summary>When a source is connected to, listed and asked again.</summary>
public sealed class SourceMachineSpecs
{
    private static readonly SourceServer Server = new("c1", "v1", TimeSpan.FromHours(4));

    [Fact]
    public void PausesGrow_UntilTheTimeBetweenTwoLists()
    {
        var machine = Machine(TimeSpan.FromSeconds(20));
        machine.Start();

        var pauses = Enumerable.Range(0, 7).Select(_ => Planned(machine.ConnectFailed("no"), SourceTimer.Retry)!.Value.TotalSeconds);

        Assert.Equal([1, 2, 4, 8, 16, 20, 20], pauses);
        Assert.Equal((SourceStates.Retrying, "no"), (machine.State, machine.Message));
    }

    [Fact]
    public void ARefusedLogin_IsNotTriedTenTimesInAMinute_HoweverOftenTheSourceIsListed()
    {
        var machine = Machine(TimeSpan.FromSeconds(1));
        var (waited, tries) = (0.0, 0);

        for (; waited < 60; tries++) waited += Planned(machine.ConnectFailed("no", isRefused: true), SourceTimer.Retry)!.Value.TotalSeconds;

        Assert.InRange(tries, 6, 9);
    }

    [Fact]
    public void APause_IsNeverLongerThanAMinute()
    {
        var machine = Machine(TimeSpan.FromDays(1));
        for (var i = 0; i < 40; i++) machine.ConnectFailed("no");

        Assert.Equal(TimeSpan.FromMinutes(1), Planned(machine.ConnectFailed("no"), SourceTimer.Retry));
    }

    [Fact]
    public void AfterAList_PausesBeginAnew()
    {
        var machine = Machine(TimeSpan.FromSeconds(20));
        for (var i = 0; i < 4; i++) machine.ConnectFailed("no");
        machine.Connected(Server);
        machine.Listed(new ListOutcome(null));

        Assert.Equal(TimeSpan.FromSeconds(1), Planned(machine.Lost("cut"), SourceTimer.Retry));
    }

    [Fact]
    public void TheLoginIsRenewed_AtThreeQuartersOfItsTime_AndTheSocketStays_WhenThatFails()
    {
        var machine = Machine(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromHours(3), Planned(machine.Connected(Server), SourceTimer.Renew));
        machine.Listed(new ListOutcome(null));
        Assert.Equal([new SourceAction.Do(SourceStep.Connect)], machine.Due(SourceTimer.Renew));
        var actions = machine.ConnectFailed("no");

        Assert.Equal(TimeSpan.FromSeconds(1), Planned(actions, SourceTimer.Renew));
        Assert.DoesNotContain(new SourceAction.Do(SourceStep.Disconnect), actions);
        Assert.Equal(SourceStates.Synced, machine.State);
    }

    [Fact]
    public void ATokenThatEndsSooner_IsRenewedOnceASecondAtMost() => Assert.Equal(
        TimeSpan.FromSeconds(1), Planned(Machine(TimeSpan.FromMinutes(1)).Connected(Server with { TokenLifetime = TimeSpan.Zero }), SourceTimer.Renew));

    [Theory]
    [InlineData("", false)]
    [InlineData("c1", false)]
    [InlineData("c0", true)]
    public void AnotherServer_IsForgottenFirst(string mirrored, bool isForgotten)
    {
        var machine = new SourceMachine(TimeSpan.FromMinutes(1), mirrored, () => 1);

        var actions = machine.Connected(Server);

        Assert.Equal(isForgotten, actions.Contains(new SourceAction.Do(SourceStep.Forget)));
        Assert.Equal(!isForgotten, actions.Contains(new SourceAction.Do(SourceStep.List)));
        Assert.Equal(isForgotten ? mirrored : "c1", machine.ControllerId);
        if (!isForgotten) return;
        Assert.Contains(new SourceAction.Do(SourceStep.List), machine.Forgotten());
        Assert.Equal("c1", machine.ControllerId);
    }

    [Fact]
    public void AListThatFailed_IsReadAgain_OnTheSameConnection_ButForAnEndedLogin()
    {
        var machine = Machine(TimeSpan.FromMinutes(1));
        machine.Connected(Server);
        var failed = machine.Listed(new ListOutcome("500"));

        Assert.Equal(TimeSpan.FromSeconds(1), Planned(failed, SourceTimer.Relist));
        Assert.DoesNotContain(new SourceAction.Do(SourceStep.Disconnect), failed);
        machine.Due(SourceTimer.Relist);
        Assert.Contains(new SourceAction.Do(SourceStep.Disconnect), machine.Listed(new ListOutcome("401", LoginEnded: true)));
    }

    private static SourceMachine Machine(TimeSpan relistEvery) => new(relistEvery, "", () => 1);

    private static TimeSpan? Planned(IReadOnlyList<SourceAction> actions, SourceTimer timer) =>
        actions.OfType<SourceAction.Plan>().SingleOrDefault(x => x.Timer == timer)?.After;
}
