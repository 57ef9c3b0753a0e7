using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Garm.Cli.Tests.Commands;

/// <summary><c>events</c> and <c>snapshot</c>, page by page.</summary>
public sealed class HistoryCommandSpecs : FakeHubSpecs
{
    private const string First = """{"entity-type":"pool","operation":"create","payload":{"id":"p1"},"cursor":"c1","committed-at":"2026-11-23T14:16:05.647Z"}""";
    private const string Second = """{"entity-type":"pool","operation":"delete","payload":{"id":"p1"},"cursor":"c2","committed-at":"2026-11-23T14:16:06.647Z"}""";

    [Fact]
    public async Task Events_ShouldReadAllPages_AndSayWhereToGoOn()
    {
        Hub.Answers["GET /api/v1/events"] = request => (string?)request.Query["after"] switch
        {
            "earliest" => Json($$"""{"events":[{{First}}],"cursor":"c1","more":true}"""),
            "c1" => Json("""{"events":[],"cursor":"c1+","more":true}"""),
            _ => Json($$"""{"events":[{{Second}}],"cursor":"c2","more":false}"""),
        };

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("events", "-o", "json", "--filters", """{"filters":[{"entity-type":"pool"}]}"""));

        Assert.Equal($"{First}\n{Second}\n", Cli.Out.All);
        Assert.Contains("2 events; those that follow: --since-cursor c2", Cli.Error.All);
        Assert.Equal("""GET /api/v1/events?after=c1+&limit=1000&filter={"filters":[{"entity-type":"pool"}]}""", Hub.Calls.Last());
    }

    [Fact]
    public async Task Events_ShouldShowWhenTheyWereCommitted_AndTheNameOfWhatIsGone()
    {
        const string named = """{"entity-type":"proxy","operation":"create","payload":{"id":1,"name":"corp"},"cursor":"c1","committed-at":"2026-11-23T14:16:05.647Z"}""";
        const string gone = """{"entity-type":"proxy","operation":"delete","payload":{"id":1},"cursor":"c2","committed-at":"2026-11-23T14:16:06Z"}""";
        Hub.Answers["GET /api/v1/events"] = _ => Json($$"""{"events":[{{named}},{{gone}}],"cursor":"c2","more":false}""");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("events"));

        var committed = new DateTimeOffset(2026, 11, 23, 14, 16, 5, 647, TimeSpan.Zero).ToLocalTime();
        Assert.Equal($"{committed:yyyy-MM-dd HH:mm:ss.fff} create proxy              corp  cursor=c1", await Cli.Out.NextAsync("the first event"));
        Assert.EndsWith("delete proxy              corp  cursor=c2", await Cli.Out.NextAsync("the second event"));
    }

    [Fact]
    public async Task Events_ShouldStopAtTheLimit()
    {
        Hub.Answers["GET /api/v1/events"] = _ => Json($$"""{"events":[{{First}},{{Second}}],"cursor":"c2","more":true}""");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("events", "--limit", "2", "--since-cursor", "now", "-o", "json"));

        Assert.Equal("GET /api/v1/events?after=now&limit=2&filter={\"send-everything\":true}", Assert.Single(Hub.Calls));
    }

    [Fact]
    public async Task Events_ShouldNameTheEarliestCursor_WhenTheOneThatIsAskedForIsExpired()
    {
        Hub.Answers["GET /api/v1/events"] = _ => Json("""{"control":"error","code":"cursor-expired","message":"retention took it","earliest":"c7"}""", 410);

        Assert.Equal(ExitCodes.Failed, await Cli.RunAsync("events", "--since-cursor", "old"));

        Assert.Contains("cursor-expired: retention took it; the earliest is c7", Cli.Error.All);
    }

    [Fact]
    public async Task Snapshot_ShouldPrintAllPages_AndEndWithTheCursor()
    {
        Hub.Answers["GET /api/v1/snapshot"] = request => request.Query["after"] == "n+2"
            ? Json($$"""{"entities":[{{Entity(2)}}],"after":"","more":false,"cursor":"h"}""")
            : Json($$"""{"entities":[{{Entity(1)}}],"after":"n+2","more":true,"cursor":"h"}""");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("snapshot"));

        Assert.Equal($$"""
            {{Entity(1)}}
            {{Entity(2)}}
            {"control":"snapshot-end","cursor":"h","count":2}

            """, Cli.Out.All);
    }

    [Fact]
    public async Task Snapshot_ThatExpires_ShouldNotLookWhole()
    {
        Hub.Answers["GET /api/v1/snapshot"] = request => request.Query.ContainsKey("after")
            ? Json("""{"control":"error","code":"snapshot-expired","message":"begin a new one"}""", 410)
            : Json($$"""{"entities":[{{Entity(1)}}],"after":"n","more":true,"cursor":"h"}""");

        Assert.Equal(ExitCodes.Incomplete, await Cli.RunAsync("snapshot"));

        Assert.DoesNotContain("snapshot-end", Cli.Out.All);
        Assert.Contains("the snapshot is not complete, 1 entities were printed", Cli.Error.All);
        Assert.Contains("snapshot-expired: begin a new one", Cli.Error.All);
    }

    [Fact]
    public async Task Snapshot_ThatIsRefusedAtOnce_ShouldBeAFailure()
    {
        Hub.Answers["GET /api/v1/snapshot"] = _ => Json("""{"error":"Bad Request","details":"no such field"}""", 400);

        Assert.Equal(ExitCodes.Failed, await Cli.RunAsync("snapshot"));

        Assert.Contains("no such field", Cli.Error.All);
    }

    [Theory]
    [InlineData("events --limit 0", "it takes a number from 1")]
    [InlineData("events --filters {}", "it asks for no event at all")]
    [InlineData("snapshot --filters []", "must be a JSON object")]
    public async Task WrongOptions_ShouldBeRefused(string line, string what)
    {
        Assert.Equal(ExitCodes.Usage, await Cli.RunAsync(line.Split(' ')));

        Assert.Contains(what, Cli.Error.All);
        Assert.Empty(Hub.Calls);
    }

    private static string Entity(int id) => $$$"""{"entity-type":"pool","source":"","payload":{"id":"{{{id}}}"}}""";

    private static IResult Json(string text, int status = 200) => Results.Text(text, "application/json", statusCode: status);
}
