using Garm.Cli.Events;
using Garm.Client.Events;

namespace Garm.Cli.Tests.Events;

public sealed class EventTitlesSpecs
{
    [Fact]
    public void Title_ShouldBeThatOfAnEarlierEvent_WhenTheEntityHasNone()
    {
        var titles = new EventTitles();
        Assert.Equal("corp", titles.Of(Event("create", """{"id":1,"name":"corp"}""")));
        Assert.Equal("new", titles.Of(Event("update", """{"id":1,"name":"new"}""")));

        Assert.Equal("new", titles.Of(Event("delete", """{"id":1}""")));
        Assert.Equal("2", titles.Of(Event("delete", """{"id":2}""")));
        Assert.Equal("1", titles.Of(Event("delete", """{"id":1}""") with { Source = "east" }));
    }

    [Fact]
    public void Titles_ShouldBeNoMoreThanTheLimit()
    {
        var titles = new EventTitles(limit: 2);
        foreach (var id in new[] { 1, 2, 1, 3 }) titles.Of(Event("create", $$"""{"id":{{id}},"name":"n{{id}}"}"""));

        Assert.Equal(["1", "n2", "n3"], new[] { 1, 2, 3 }.Select(id => titles.Of(Event("delete", $$"""{"id":{{id}}}"""))));
    }

    private static GarmEvent Event(string operation, string payload)
    {
        Assert.True(GarmEvent.TryParse($$"""{"entity-type":"proxy","operation":"{{operation}}","payload":{{payload}}}""", out var garmEvent));
        return garmEvent;
    }
}
