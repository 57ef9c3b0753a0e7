using Akka.Actor;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Actors.Tests.Telemetry;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Performance;

/// <summary>The cost of relaying, in bytes and messages: it depends on what is delivered, not on who is connected.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class FanOutBudgetSpecs
{
    private static readonly EventKinds Wanted = Samples.Kinds(Samples.PoolUpdate);
    private static readonly EventKinds Other = Samples.KindsOf(EntityType.Job);

    private long _position;

    [Fact]
    public void OneMoreSession_ShouldCostTheRelayNoMemory()
    {
        var few = Allocations.PerCall(Relay(FanOut(wanting: 10, connected: 10, out _)));
        var many = Allocations.PerCall(Relay(FanOut(wanting: 10_000, connected: 10_000, out _)));

        Assert.True(many - few < 1_000, $"an event costs {few} bytes with 10 sessions and {many} with 10,000");
    }

    [Fact]
    public void AnEventThatTenOfTenThousandWant_ShouldCostWhatItCostsWithTheTenAlone()
    {
        var alone = Allocations.PerCall(Relay(FanOut(wanting: 10, connected: 10, out _)));
        var among = Allocations.PerCall(Relay(FanOut(wanting: 10, connected: 10_000, out _)));

        Assert.True(among <= alone * 1.1, $"an event costs {alone} bytes with the ten alone and {among} among 10,000");
    }

    [Fact]
    public void AnEventThatTenOfTenThousandMatch_ShouldCostWhatItCostsWithTheTenAlone()
    {
        var alone = Allocations.PerCall(Relay(Matching(wanting: 10, connected: 10, out _)));
        var relay = Relay(Matching(wanting: 10, connected: 10_000, out var sessions));
        var among = Allocations.PerCall(relay);

        Assert.True(among <= alone * 1.1, $"an event costs {alone} bytes with the ten alone and {among} among 10,000");
        Assert.All(sessions.Take(10), x => Assert.True(x.Told > 0));
        Assert.All(sessions.Skip(10), x => Assert.Equal(0, x.Told));
    }

    [Fact]
    public void OnlyThoseWhoWantIt_ShouldBeTold()
    {
        var relay = Relay(FanOut(wanting: 10, connected: 10_000, out var sessions));

        for (var i = 0; i < 5; i++) relay();

        Assert.All(sessions.Take(10), x => Assert.Equal(5, x.Told));
        Assert.All(sessions.Skip(10), x => Assert.Equal(0, x.Told));
    }

    [Fact]
    public void AnEventThatNobodyWants_ShouldMakeNoMessage()
    {
        var wanted = Allocations.PerCall(Relay(FanOut(wanting: 1, connected: 1_000, out _)));
        var unwanted = Allocations.PerCall(Relay(FanOut(wanting: 0, connected: 1_000, out _)));

        Assert.True(unwanted < wanted, $"{unwanted} bytes for nobody, {wanted} for one");
    }

    private static ChangeFanOut FanOut(int wanting, int connected, out TellCounter[] sessions)
    {
        // Without recent changes, whose buffer would grow during the measurement.
        var fanOut = new ChangeFanOut(new ChangeRelayOptions { RecentChanges = 0 });
        sessions = [.. Enumerable.Range(0, connected).Select(i => new TellCounter(i))];
        for (var i = 0; i < connected; i++) fanOut.Subscribe(sessions[i], EventFilter.Of(i < wanting ? Wanted : Other));
        return fanOut;
    }

    private static ChangeFanOut Matching(int wanting, int connected, out TellCounter[] sessions)
    {
        var fanOut = new ChangeFanOut(new ChangeRelayOptions { RecentChanges = 0 });
        sessions = [.. Enumerable.Range(0, connected).Select(i => new TellCounter(i))];
        for (var i = 0; i < connected; i++)
        {
            // No event has a field "none", nor a negative id.
            var match = i < wanting ? "\"none\":null" : $"\"id\":{-i}";
            fanOut.Subscribe(sessions[i], Garm.Actors.Tests.Sessions.EventFilterSpecs.Read(
                $$$"""{"filters":[{"entity-type":"pool","match":{{{{match}}}}}]}"""));
        }

        return fanOut;
    }

    private Action Relay(ChangeFanOut fanOut) => () =>
    {
        var change = Samples.Change(++_position);
        fanOut.Send([change], Samples.Head(_position), ActorRefs.Nobody);
    };
}
