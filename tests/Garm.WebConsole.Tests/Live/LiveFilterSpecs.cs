using System.Text;
using Garm.Contracts.Events;
using Garm.WebConsole.Live;

namespace Garm.WebConsole.Tests.Live;

public sealed class LiveFilterSpecs
{
    private static readonly LiveFilter Everything = new([], [], "", []);

    [Fact]
    public void NothingChosen_IsEverything() => Assert.Equal("""{"send-everything":true,"cursor":"now"}""", Everything.Message("now"));

    /// <summary>The hub refuses a value of the wrong type, and a field that there is none of.</summary>
    [Fact]
    public void WhatIsClickedTogether_IsWhatTheHubTakes()
    {
        var filter = new LiveFilter(
            ["instance", "pool"], ["update"], "-",
            [new LiveCondition("instance", "runner_status", "idle"), new LiveCondition("pool", "enabled", "false"), new LiveCondition("pool", "max_runners", "5")]);

        Assert.Equal(
            """{"filters":[{"entity-type":"instance","operations":["update"],"source":"","match":{"runner_status":"idle"}},"""
            + """{"entity-type":"pool","operations":["update"],"source":"","match":{"enabled":false,"max_runners":5}}]}""",
            filter.Message(null));
        Assert.Equal(EventOptionsOutcome.Accepted, Outcome(filter));
    }

    [Fact]
    public void EachField_CanBeNamed_OfEachType() => Assert.All(EntityTypes.All, type =>
    {
        Assert.NotEmpty(LiveFilter.FieldsOf(type.WireName()));
        Assert.All(LiveFilter.FieldsOf(type.WireName()), field => Assert.NotEqual(
            EventOptionsOutcome.Malformed, Outcome(Everything with { Conditions = [new LiveCondition(type.WireName(), field, "1")] })));
    });

    [Fact]
    public void ACommand_IsSafeInAShell()
    {
        var filter = Everything with { Conditions = [new LiveCondition("job", "name", "it's $(rm)")] };

        Assert.Contains("""'filter={"filters":[{"entity-type":"job","match":{"name":"it'\''s $(rm)"}}]}'""", filter.Curl(new Uri("https://hub.example:9997")));
        Assert.EndsWith("'wss://hub.example:9997/api/v1/ws/events'", filter.Websocat(new Uri("https://hub.example:9997")));
        Assert.DoesNotContain("eyJ", filter.Curl(new Uri("http://hub")), StringComparison.Ordinal); // No token: it is the user's to put there.
    }

    [Theory]
    [InlineData("instance.status=running", "instance", "status", "running")]
    [InlineData("job.name=a.b=c", "job", "name", "a.b=c")]
    [InlineData("pool.enabled=", "pool", "enabled", "")]
    public void ACondition_IsReadFromTheAddress(string text, string type, string field, string value)
    {
        Assert.Equal(new LiveCondition(type, field, value), LiveCondition.Read(text));
        Assert.Equal(text, LiveCondition.Read(text)!.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("instance")]
    [InlineData(".x=1")]
    [InlineData("instance.=1")]
    public void WhatIsNoCondition_IsLeftOut(string? text) => Assert.Null(LiveCondition.Read(text));

    private static EventOptionsOutcome Outcome(LiveFilter filter) =>
        EventOptionsReader.Read(Encoding.UTF8.GetBytes(filter.Message("now")), out _, out _, cursorMode: true);
}
