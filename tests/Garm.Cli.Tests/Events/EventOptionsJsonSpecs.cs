using System.Text;
using Garm.Client.Events;
using Garm.Contracts.Events;

namespace Garm.Cli.Tests.Events;

public sealed class EventOptionsJsonSpecs
{
    [Theory]
    [InlineData("""{"send-everything":true}""")]
    [InlineData("""{"filters":[{"entity-type":"pool"}]}""")]
    [InlineData("""{"filters":[{"entity-type":"pool","operations":["create","delete"]},{"entity-type":"job"}]}""")]
    [InlineData("""{"filters":[{"entity-type":"job","match":{"status":["queued","in_progress"],"id":[1,2.5,1e20]}}]}""")]
    [InlineData("""{"filters":[{"entity-type":"job","match":{"runner_name":["","a \"quoted\" é"],"x":[null,true,false]}}]}""")]
    [InlineData("""{"send-everything":true,"cursor":"now","heartbeat-seconds":15,"token":"a.b.c"}""")]
    [InlineData("""{"filters":[{"entity-type":"pool"}],"cursor":"earliest","heartbeat-seconds":0}""")]
    public void WhatIsWritten_ShouldBeReadAsTheSame(string message)
    {
        var options = Read(message);

        var written = EventOptionsJson.Write(options);

        AssertSame(options, Read(written));
    }

    [Fact]
    public void ATextThatLooksLikeANumber_ShouldStayAText()
    {
        var filter = new EntityEventFilter(EntityType.Job, []) { Match = [new FieldMatch("id", [MatchValue.OfText("1"), new MatchValue("1")])] };

        var written = EventOptionsJson.Write(new EventOptions(false, [filter]));

        Assert.Equal("""{"filters":[{"entity-type":"job","match":{"id":["1",1]}}]}""", written);
    }

    private static EventOptions Read(string message)
    {
        Assert.Equal(EventOptionsOutcome.Accepted, EventOptionsReader.Read(Encoding.UTF8.GetBytes(message), out var options));
        return options!;
    }

    // Records compare arrays by reference.
    private static void AssertSame(EventOptions expected, EventOptions actual)
    {
        Assert.Equal(expected with { Filters = [] }, actual with { Filters = [] });
        Assert.Equal(expected.Filters.Length, actual.Filters.Length);
        foreach (var (one, other) in expected.Filters.Zip(actual.Filters))
        {
            Assert.Equal(one.EntityType, other.EntityType);
            Assert.Equal(one.Operations.AsEnumerable(), other.Operations);
            Assert.Equal(one.Match.Select(x => x.Field), other.Match.Select(x => x.Field));
            Assert.Equal(one.Match.SelectMany(x => x.Values), other.Match.SelectMany(x => x.Values));
        }
    }
}
