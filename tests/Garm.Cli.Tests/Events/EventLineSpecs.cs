using Garm.Cli.Events;
using Garm.Client.Events;
using Garm.Contracts.Events;
using Spectre.Console;

namespace Garm.Cli.Tests.Events;

public sealed class EventLineSpecs
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 14, 16, 5, 647, TimeSpan.Zero);

    [Theory]
    [InlineData("instance", "update", """{"id":"1","name":"garm-x","status":"running","runner_status":"idle","pool_id":"p1"}""",
        "2026-11-23 14:16:05.647 update instance           garm-x  status=running  runner_status=idle  pool_id=p1")]
    [InlineData("repository", "create", """{"id":"1","owner":"acme","name":"app","pool_manager_status":{"running":true}}""",
        "2026-11-23 14:16:05.647 create repository         acme/app  running=true")]
    [InlineData("pool", "delete", """{"id":"f6f2","enable_shell":false}""", "2026-11-23 14:16:05.647 delete pool               f6f2")]
    [InlineData("file_object", "delete", """{"id":0,"name":"","size":0}""", "2026-11-23 14:16:05.647 delete file_object        ?  size=0")]
    [InlineData("user", "update", """{"id":"u","username":"ann","enabled":false}""", "2026-11-23 14:16:05.647 update user               ann  enabled=false")]
    [InlineData("brand_new", "moved", """{"id":7}""", "2026-11-23 14:16:05.647 moved  brand_new          7")]
    [InlineData("proxy", "update", "[]", "2026-11-23 14:16:05.647 update proxy              ?")]
    public void Line_ShouldShowTheEntity_AndAFewFacts(string type, string operation, string payload, string expected) =>
        Assert.Equal(expected, Line(type, operation, payload).ToText());

    [Theory]
    [InlineData("create", "[green]create[/]")]
    [InlineData("update", "[yellow]update[/]")]
    [InlineData("delete", "[red]delete[/]")]
    public void Markup_ShouldColourTheOperation(string operation, string expected) =>
        Assert.Contains(expected, Line("pool", operation, """{"id":"1"}""").ToMarkup());

    [Fact]
    public void Markup_ShouldSayTheSameAsTheText_AlsoWithBracketsInIt()
    {
        var line = Line("job", "create", """{"id":3,"name":"build [linux] [/]","status":"[bold]queued"}""");

        Assert.Equal(line.ToText(), Markup.Remove(line.ToMarkup()));
    }

    [Fact]
    public void Line_ShouldNotLetANameReachTheTerminalsControls()
    {
        var line = Line("job", "create", """{"name":"a\u001b[2Jb\nc\u202ed"}""");

        Assert.Equal("a\uFFFD[2Jb\uFFFDc\uFFFDd", line.Title);
    }

    [Fact]
    public void Line_ShouldCutWhatIsVeryLong() =>
        Assert.Equal(121, Line("job", "create", $$"""{"name":"{{new string('x', 500)}}"}""").Title.Length);

    [Fact]
    public void Line_ShouldBeMadeForEveryEntityType() => Assert.All(EntityTypes.All, type =>
        Assert.NotEmpty(EventFacts.Of(type.WireName(), Everything())));

    private static System.Text.Json.JsonElement Everything()
    {
        string[] fields =
        [
            "credentials_name", "enabled", "status", "metadata_url", "auth-type", "endpoint_type", "forge_type", "size",
            "http_proxy",
        ];
        return System.Text.Json.JsonSerializer.SerializeToElement(fields.ToDictionary(field => field, _ => "x"));
    }

    private static EventLine Line(string type, string operation, string payload)
    {
        var text = $$"""{"entity-type":"{{type}}","operation":"{{operation}}","payload":{{payload}}}""";
        Assert.True(GarmEvent.TryParse(text, out var garmEvent));
        return EventLine.From(garmEvent, At, EventFacts.Title(garmEvent.Payload));
    }
}
