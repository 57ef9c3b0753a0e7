using Garm.Cli.Events;
using Garm.Client.Events;
using Garm.Contracts.Events;

namespace Garm.Cli.Tests.Events;

public sealed class FilterCheckSpecs
{
    [Theory]
    [InlineData(EventOptionsJson.Everything)]
    [InlineData("""{"send-everything": true}""")]
    [InlineData("""{"filters": [{"entity-type": "instance", "operations": ["create", "delete"]}]}""")]
    [InlineData("""{"Filters": [{"entity_type": "scaleset"}], "more": 1}""")]
    public void Filter_ShouldBeAccepted(string message) => Assert.Null(FilterCheck.Complaint(message));

    [Theory]
    [InlineData("", "the message is empty")]
    [InlineData("{", "this is not JSON")]
    [InlineData("{} {}", "this is not JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{}", "asks for no event at all")]
    [InlineData("""{"send-everything": false}""", "asks for no event at all")]
    [InlineData("""{"filters": []}""", "asks for no event at all")]
    [InlineData("""{"send-everything": "yes"}""", "'send-everything' must be true or false")]
    [InlineData("""{"filters": {}}""", "'filters' must be a list")]
    [InlineData("""{"filters": ["pool"]}""", "filter 1 must be an object")]
    [InlineData("""{"filters": [{"entity-type": 1}]}""", "'entity-type' of filter 1 must be text")]
    [InlineData("""{"filters": [{"entity-type": "pool", "operations": "create"}]}""", "'operations' of filter 1 must be a list")]
    [InlineData("""{"filters": [{"operations": ["create"]}]}""", "filter 1 has no 'entity-type'")]
    [InlineData("""{"filters": [null]}""", "filter 1 has no 'entity-type'")]
    [InlineData("""{"filters": [{"entity-type": "pool"}, {"entity-type": "Pool"}]}""", "filter 2 has the unknown entity type 'Pool'")]
    [InlineData("""{"filters": [{"entity-type": "job", "operations": ["create", "remove"]}]}""", "filter 1 has the unknown operation 'remove'")]
    public void Complaint_ShouldSayWhatIsWrong(string message, string what) =>
        Assert.Contains(what, FilterCheck.Complaint(message));

    [Fact]
    public void Complaint_ShouldBeOneLine_ThatListsWhatIsAccepted()
    {
        var complaint = FilterCheck.Complaint("""{"filters": [{"entity-type": "nothing"}]}""")!;

        Assert.DoesNotContain('\n', complaint);
        Assert.All(EntityTypes.All, type => Assert.Contains(type.WireName(), complaint));
        Assert.All(ChangeOperations.All, operation => Assert.Contains(operation.WireName(), complaint));
    }

    [Fact]
    public void Complaint_ShouldBeMade_ForEverythingThatTheReaderRefuses()
    {
        string[] values = ["null", "1", "true", "\"pool\"", "[]", "{}", "[1]", "[null]", "[\"create\"]"];
        var messages =
            from a in values
            from b in values
            select $$"""{"send-everything": {{a}}, "filters": [{"entity-type": {{b}}, "operations": {{a}}}]}""";

        foreach (var message in messages.Concat(values))
        {
            var outcome = EventOptionsReader.Read(System.Text.Encoding.UTF8.GetBytes(message), out _);
            Assert.Equal(outcome == EventOptionsOutcome.Accepted, FilterCheck.Complaint(message) is null);
        }
    }
}
