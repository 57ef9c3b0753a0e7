using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Garm.Cli.Tests.Commands;

/// <summary><c>events</c> and <c>snapshot</c>, page by page.</summary>
public sealed class HistoryCommandTests : IAsyncLifetime
{
    private const string First = """{"entity-type":"pool","operation":"create","payload":{"id":"p1"},"cursor":"c1","committed-at":"2026-11-23T14:16:05.647Z"}""";
    private const string Second = """{"entity-type":"pool","operation":"delete","payload":{"id":"p1"},"cursor":"c2","committed-at":"2026-11-23T14:16:06.647Z"}""";

    private FakeHub _hub = null!;
    private CliRun _cli = null!;

    public async Task InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        _cli = CliRun.LoggedInTo(_hub);
    }

    public async Task DisposeAsync()
    {
        _cli.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Events_ShouldReadAllPages_AndSayWhereToGoOn()
    {
        _hub.Answers["GET /api/v1/events"] = request => (string?)request.Query["after"] switch
        {
            "earliest" => Json($$"""{"events":[{{First}}],"cursor":"c1","more":true}"""),
            "c1" => Json("""{"events":[],"cursor":"c1+","more":true}"""),
            _ => Json($$"""{"events":[{{Second}}],"cursor":"c2","more":false}"""),
        };

        Assert.Equal(ExitCodes.Ok, await _cli.RunAsync("events", "-o", "json", "--filters", """{"filters":[{"entity-type":"pool"}]}"""));

        Assert.Equal($"{First}\n{Second}\n", _cli.Out.All);
        Assert.Contains("2 events; those that follow: --since-cursor c2", _cli.Error.All);
        Assert.Equal("""GET /api/v1/events?after=c1+&limit=1000&filter={"filters":[{"entity-type":"pool"}]}""", _hub.Calls.Last());
    }

    [Fact]
    public async Task Events_ShouldShowWhenTheyWereCommitted_AndTheNameOfWhatIsGone()
    {
        const string named = """{"entity-type":"proxy","operation":"create","payload":{"id":1,"name":"corp"},"cursor":"c1","committed-at":"2026-11-23T14:16:05.647Z"}""";
        const string gone = """{"entity-type":"proxy","operation":"delete","payload":{"id":1},"cursor":"c2","committed-at":"2026-11-23T14:16:06Z"}""";
        _hub.Answers["GET /api/v1/events"] = _ => Json($$"""{"events":[{{named}},{{gone}}],"cursor":"c2","more":false}""");

        Assert.Equal(ExitCodes.Ok, await _cli.RunAsync("events"));

        var committed = new DateTimeOffset(2026, 11, 23, 14, 16, 5, 647, TimeSpan.Zero).ToLocalTime();
        Assert.Equal($"{committed:yyyy-MM-dd HH:mm:ss.fff} create proxy              corp  cursor=c1", await _cli.Out.NextAsync("the first event"));
        Assert.EndsWith("delete proxy              corp  cursor=c2", await _cli.Out.NextAsync("the second event"));
    }

    [Fact]
    public async Task Events_ShouldStopAtTheLimit()
    {
        _hub.Answers["GET /api/v1/events"] = _ => Json($$"""{"events":[{{First}},{{Second}}],"cursor":"c2","more":true}""");

        Assert.Equal(ExitCodes.Ok, await _cli.RunAsync("events", "--limit", "2", "--since-cursor", "now", "-o", "json"));

        Assert.Equal("GET /api/v1/events?after=now&limit=2&filter={\"send-everything\":true}", Assert.Single(_hub.Calls));
    }

    [Fact]
    public async Task Events_ShouldNameTheEarliestCursor_WhenTheOneThatIsAskedForIsExpired()
    {
        _hub.Answers["GET /api/v1/events"] = _ => Json("""{"control":"error","code":"cursor-expired","message":"retention took it","earliest":"c7"}""", 410);

        Assert.Equal(ExitCodes.Failed, await _cli.RunAsync("events", "--since-cursor", "old"));

        Assert.Contains("cursor-expired: retention took it; the earliest is c7", _cli.Error.All);
    }

    [Fact]
    public async Task Snapshot_ShouldPrintAllPages_AndEndWithTheCursor()
    {
        _hub.Answers["GET /api/v1/snapshot"] = request => request.Query["after"] == "n+2"
            ? Json($$"""{"entities":[{{Entity(2)}}],"after":"","more":false,"cursor":"h"}""")
            : Json($$"""{"entities":[{{Entity(1)}}],"after":"n+2","more":true,"cursor":"h"}""");

        Assert.Equal(ExitCodes.Ok, await _cli.RunAsync("snapshot"));

        Assert.Equal($$"""
            {{Entity(1)}}
            {{Entity(2)}}
            {"control":"snapshot-end","cursor":"h","count":2}

            """, _cli.Out.All);
    }

    [Fact]
    public async Task Snapshot_ThatExpires_ShouldNotLookWhole()
    {
        _hub.Answers["GET /api/v1/snapshot"] = request => request.Query.ContainsKey("after")
            ? Json("""{"control":"error","code":"snapshot-expired","message":"begin a new one"}""", 410)
            : Json($$"""{"entities":[{{Entity(1)}}],"after":"n","more":true,"cursor":"h"}""");

        Assert.Equal(ExitCodes.Incomplete, await _cli.RunAsync("snapshot"));

        Assert.DoesNotContain("snapshot-end", _cli.Out.All);
        Assert.Contains("the snapshot is not complete, 1 entities were printed", _cli.Error.All);
        Assert.Contains("snapshot-expired: begin a new one", _cli.Error.All);
    }

    [Fact]
    public async Task Snapshot_ThatIsRefusedAtOnce_ShouldBeAFailure()
    {
        _hub.Answers["GET /api/v1/snapshot"] = _ => Json("""{"error":"Bad Request","details":"no such field"}""", 400);

        Assert.Equal(ExitCodes.Failed, await _cli.RunAsync("snapshot"));

        Assert.Contains("no such field", _cli.Error.All);
    }

    [Theory]
    [InlineData("events --limit 0", "it takes a number from 1")]
    [InlineData("events --filters {}", "it asks for no event at all")]
    [InlineData("snapshot --filters []", "must be a JSON object")]
    public async Task WrongOptions_ShouldBeRefused(string line, string what)
    {
        Assert.Equal(ExitCodes.Usage, await _cli.RunAsync(line.Split(' ')));

        Assert.Contains(what, _cli.Error.All);
        Assert.Empty(_hub.Calls);
    }

    private static string Entity(int id) => $$$"""{"entity-type":"pool","source":"","payload":{"id":"{{{id}}}"}}""";

    private static IResult Json(string text, int status = 200) => Results.Text(text, "application/json", statusCode: status);
}
