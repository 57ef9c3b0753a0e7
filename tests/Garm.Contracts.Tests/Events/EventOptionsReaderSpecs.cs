using System.Text;
using Garm.Contracts.Events;
using Xunit;

namespace Garm.Contracts.Tests.Events;

/// <summary>The messages of clients; the cases are those of <c>ws-accepted-messages</c> and <c>ws-rejected-messages</c>.</summary>
public sealed class EventOptionsReaderSpecs
{
    [Theory]
    [InlineData("""{"send-everything":true}""")]
    [InlineData("""{"Send-Everything": true}""")]
    [InlineData("""{"send_everything":true}""")]
    [InlineData("""{"send-everything":true,"colour":"red","filters":null}""")]
    [InlineData("""{"send-everything":true,"filters":[{"entity-type":"bogus","operations":["explode"]}]}""")]
    public void SendEverything_LetsEveryKindThrough(string message) => Assert.Equal(EventKinds.All, Accepted(message).Kinds);

    [Theory]
    [InlineData("""{"filters":[{"entity-type":"proxy"}]}""")]
    [InlineData("""{"filters":[{"entity_type":"proxy"}]}""")]
    [InlineData("""{"filters":[{"entity-type":"proxy","operations":[]}]}""")]
    [InlineData("""{"filters":[{"entity-type":"proxy","operations":null}]}""")]
    [InlineData("""{"filters":[{"entity-type":"proxy"},{"entity-type":"proxy","operations":["create"]}]}""")]
    [InlineData(" \n{ \"filters\" : [ { \"entity-type\" : \"proxy\" , \"extra\" : [1] } ] }\n ")]
    public void AType_WithoutOperations_LetsAllOfThemThrough(string message) =>
        Assert.Equal(["create", "update", "delete"], Accepted(message).Kinds.Select(x => x.Operation.WireName()));

    [Fact]
    public void Operations_LetOnlyThemselvesThrough()
    {
        var kinds = Accepted("""{"filters":[{"entity-type":"proxy","operations":["create","create","delete"]},{"entity-type":"pool","operations":["update"]}]}""").Kinds;

        Assert.Equal(3, kinds.Count);
        Assert.True(kinds.Contains(new EventKind(EntityType.Proxy, ChangeOperation.Create)));
        Assert.True(kinds.Contains(new EventKind(EntityType.Proxy, ChangeOperation.Delete)));
        Assert.True(kinds.Contains(new EventKind(EntityType.Pool, ChangeOperation.Update)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"filters":[]}""")]
    [InlineData("""{"filters":null}""")]
    [InlineData("""{"send-everything":false}""")]
    [InlineData("""{"send-everything":null}""")]
    public void AMessageThatAsksForNothing_IsIgnored(string message) =>
        Assert.Equal(EventOptionsOutcome.Ignored, Read(message, out _));

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"filters":{}}""")]
    [InlineData("""{"send-everything":"yes"}""")]
    [InlineData("""{"send-everything":true,"filters":5}""")]
    [InlineData("""{"send-everything":true}{"send-everything":true}""")]
    [InlineData("""{"filters":[{"entity-type":5}]}""")]
    [InlineData("""{"filters":[5]}""")]
    [InlineData("""{"filters":[{"entity-type":"proxy","operations":"create"}]}""")]
    [InlineData("""{"filters":[{"entity-type":"proxy","operations":[1]}]}""")]
    public void WhatIsNoOptions_IsMalformed(string message) =>
        Assert.Equal(EventOptionsOutcome.Malformed, Read(message, out _));

    [Theory]
    [InlineData("""{"filters":[{"entity-type":"bogus"}]}""")]
    [InlineData("""{"filters":[{"entity-type":"Proxy"}]}""")]
    [InlineData("""{"filters":[{"entity-type":"proxy","operations":["explode"]}]}""")]
    [InlineData("""{"filters":[{"entity-type":"proxy","operations":["Create"]}]}""")]
    [InlineData("""{"filters":[{"entity-type":"proxy","operations":[null]}]}""")]
    [InlineData("""{"filters":[{"operations":["create"]}]}""")]
    [InlineData("""{"filters":[{}]}""")]
    [InlineData("""{"filters":[null]}""")]
    [InlineData("""{"filters":[{"entity-type":"proxy"},{"entity-type":""}]}""")]
    public void WhatDoesNotExist_IsInvalid(string message) => Assert.Equal(EventOptionsOutcome.Invalid, Read(message, out _));

    [Fact]
    public void TheLastOfSeveralEqualKeys_Counts() =>
        Assert.Equal(
            [EntityType.Pool],
            Accepted("""{"filters":[{"entity-type":"proxy","entity_type":"pool"}]}""").Filters.Select(x => x.EntityType));

    [Fact]
    public void EveryTypeAndOperation_IsAccepted_ByItsWireName()
    {
        foreach (var type in EntityTypes.All)
        {
            foreach (var operation in ChangeOperations.All)
            {
                var kinds = Accepted($$"""{"filters":[{"entity-type":"{{type.WireName()}}","operations":["{{operation.WireName()}}"]}]}""").Kinds;
                Assert.Equal([new EventKind(type, operation)], kinds);
            }
        }
    }

    [Theory]
    [InlineData(2, EventOptionsOutcome.Accepted)]
    [InlineData(1, EventOptionsOutcome.TooMany)]
    public void MoreFilters_ThanAreTaken_AreTooMany(int maxFilters, EventOptionsOutcome outcome)
    {
        var message = Encoding.UTF8.GetBytes("""{"filters":[{"entity-type":"pool"},{"entity-type":"job"}]}""");

        Assert.Equal(outcome, EventOptionsReader.Read(message, out var options, maxFilters));
        Assert.Equal(outcome == EventOptionsOutcome.Accepted, options is not null);
    }

    private static EventOptions Accepted(string message)
    {
        Assert.Equal(EventOptionsOutcome.Accepted, Read(message, out var options));
        return options!;
    }

    private static EventOptionsOutcome Read(string message, out EventOptions? options) =>
        EventOptionsReader.Read(Encoding.UTF8.GetBytes(message), out options);
}
