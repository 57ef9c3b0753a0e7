using System.Text;
using Garm.Actors.Changes;
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
        foreach (var kind in EventKinds.All) Assert.False(EventFilter.NotYet.Matches(Samples.Change(1, kind).Relayed()));
    }

    [Fact]
    public void Filter_ShouldMatch_WhenAnyOfSeveralDoes()
    {
        var filter = Read("""{"filters":[{"entity-type":"pool","operations":["update"]},{"entity-type":"instance"}]}""");

        Assert.True(filter.IsSet);
        Assert.True(filter.Matches(Samples.Change(1, Samples.PoolUpdate).Relayed()));
        Assert.True(filter.Matches(Samples.Change(1, Samples.InstanceCreate).Relayed()));
        Assert.Equal(4, EventKinds.All.Count(kind => filter.Matches(Samples.Change(1, kind).Relayed())));
    }

    [Fact]
    public void Filter_ShouldMatchEverything_WhenThatIsAskedFor()
    {
        var filter = Read("""{"send-everything":true}""");

        Assert.All(EventKinds.All, kind => Assert.True(filter.Matches(Samples.Change(1, kind).Relayed())));
    }

    [Theory]
    [InlineData("""{"name":"a"}""", true)]
    [InlineData("""{"name":["b","a"]}""", true)]
    [InlineData("""{"name":"A"}""", false)]
    [InlineData("""{"count":2}""", true)]
    [InlineData("""{"count":2.0}""", true)]
    [InlineData("""{"count":"2"}""", false)]
    [InlineData("""{"enabled":true,"name":"a"}""", true)]
    [InlineData("""{"enabled":false,"name":"a"}""", false)]
    [InlineData("""{"absent":null}""", true)]
    [InlineData("""{"name":null}""", false)]
    public void Filter_ShouldCompareFields_AllOfThem(string match, bool matches)
    {
        var filter = Read($$$"""{"filters":[{"entity-type":"pool","match":{{{match}}}}]}""");
        var change = Samples.Change(1) with { Payload = """{"name":"a","count":2,"enabled":true,"nested":{"name":"b"}}"""u8.ToArray() };

        Assert.Equal(matches, filter.Matches(change.Relayed()));
    }

    [Fact]
    public void Filter_ShouldCompareADeletionWithTheLastState()
    {
        var filter = Read("""{"filters":[{"entity-type":"pool","match":{"name":"a"}}]}""");
        var deleted = Samples.Change(1, new EventKind(EntityType.Pool, ChangeOperation.Delete));

        Assert.True(filter.Matches((deleted with { LastState = """{"id":1,"name":"a"}"""u8.ToArray() }).Relayed()));
        Assert.False(filter.Matches(deleted.Relayed()));
    }

    internal static EventFilter Read(string json)
    {
        Assert.Equal(EventOptionsOutcome.Accepted, EventOptionsReader.Read(Encoding.UTF8.GetBytes(json), out var options));
        return EventFilter.Of(options!);
    }
}
