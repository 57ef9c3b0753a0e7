using System.Text;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Sessions;

public sealed class EventFilterSpecs
{
    [Fact]
    public void Filter_ShouldMatchNothing_BeforeTheClientHasSentOne()
    {
        Assert.False(EventFilter.NotYet.IsSet);
        foreach (var kind in EventKinds.All) Assert.False(EventFilter.NotYet.Matches(Samples.Change(1, kind)));
    }

    [Fact]
    public void Filter_ShouldMatch_WhenAnyOfSeveralDoes()
    {
        var filter = Read("""{"filters":[{"entity-type":"pool","operations":["update"]},{"entity-type":"instance"}]}""");

        Assert.True(filter.IsSet);
        Assert.True(filter.Matches(Samples.Change(1, Samples.PoolUpdate)));
        Assert.True(filter.Matches(Samples.Change(1, Samples.InstanceCreate)));
        Assert.Equal(4, EventKinds.All.Count(kind => filter.Matches(Samples.Change(1, kind))));
    }

    [Fact]
    public void Filter_ShouldMatchEverything_WhenThatIsAskedFor()
    {
        var filter = Read("""{"send-everything":true}""");

        Assert.All(EventKinds.All, kind => Assert.True(filter.Matches(Samples.Change(1, kind))));
    }

    private static EventFilter Read(string json)
    {
        Assert.Equal(EventOptionsOutcome.Accepted, EventOptionsReader.Read(Encoding.UTF8.GetBytes(json), out var options));
        return EventFilter.Of(options!);
    }
}
