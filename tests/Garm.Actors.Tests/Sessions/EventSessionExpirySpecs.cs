using Akka.TestKit.Xunit2;
using Garm.Actors.Tests.Support;

namespace Garm.Actors.Tests.Sessions;

public sealed class EventSessionExpirySpecs() : TestKit(VirtualTime.Config)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(30)]
    [InlineData(24 * 3600)]
    [InlineData((30 * 24 * 3600) + 1)]
    public async Task Session_ShouldClose_WhenTokenExpires(int seconds)
    {
        var life = TimeSpan.FromSeconds(seconds);
        var rig = await SessionRig.LiveAsync(this, expiresIn: life);
        await rig.StatsAsync();

        var left = life - Moment;
        for (var day = TimeSpan.FromDays(1); left > day; left -= day)
        {
            this.Advance(day);
            await rig.StatsAsync();
        }

        this.Advance(left);
        rig.Relayed(Samples.PoolUpdate);
        Assert.Equal(["pool update"], (await rig.EventsAsync()).Where(f => f != "ping"));

        this.Advance(Moment);
        rig.Relayed(Samples.PoolUpdate);
        Assert.Equal(["close 1000"], (await rig.EndAsync()).Where(f => f != "ping"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-86_400)]
    public async Task Session_ShouldCloseAtOnce_WhenTokenHasExpired(int seconds)
    {
        var rig = SessionRig.Start(this, expiresIn: TimeSpan.FromSeconds(seconds));

        Assert.Equal(["close 1000"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldCloseAtOnce_WhenTokenHasNoEnd() =>
        Assert.Equal(["close 1000"], await SessionRig.StartWithoutExpiry(this).EndAsync());

    [Fact]
    public async Task Session_ShouldClose_WhenTokenExpiresBeforeTheUserIsConfirmed()
    {
        var rig = SessionRig.Start(this, expiresIn: TimeSpan.FromSeconds(2));
        await rig.StatsAsync();

        this.AdvanceSeconds(2);

        Assert.Equal(["close 1000"], await rig.EndAsync());
    }
}
