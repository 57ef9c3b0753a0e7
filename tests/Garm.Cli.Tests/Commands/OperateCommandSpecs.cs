using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Garm.Cli.Tests.Commands;

/// <summary><c>sessions</c>, <c>users</c> and <c>source</c>: what is sent, and what is shown.</summary>
public sealed class OperateCommandSpecs : FakeHubSpecs
{
    private const string Users =
        """[{"id":"u1","username":"admin","email":"a@b","enabled":true,"is_admin":true},{"id":"u2","username":"ann","email":"ann@b","enabled":false,"is_admin":false}]""";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Hub.Answers["GET /api/v1/users"] = _ => Json(Users);
    }

    [Fact]
    public async Task Sessions_ShouldBeListed_AndEnded()
    {
        Hub.Answers["GET /api/v1/sessions"] = _ => Json(
            """[{"id":"s1","node":"n1","user":"admin","address":"127.0.0.1","transport":"websocket","since":"2026-11-23T14:16:05Z","filter":{"send-everything":true},"state":"live","behind":0,"queued_bytes":12}]""");
        Hub.Answers["DELETE /api/v1/sessions/s1"] = _ => Results.NoContent();

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("sessions", "list"));
        Assert.Equal("""
            ID  NODE  USER   ADDRESS    TRANSPORT  SINCE                 STATE  BEHIND  QUEUED_BYTES  FILTER
            s1  n1    admin  127.0.0.1  websocket  2026-11-23T14:16:05Z  live   0       12            {"send-everything":true}

            """, Cli.Out.All);
        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("sessions", "end", "s1"));
        Assert.Equal("DELETE /api/v1/sessions/s1", Hub.Calls.Last());
        Assert.Equal(ExitCodes.Failed, await Cli.RunAsync("sessions", "end", "s2"));
    }

    [Fact]
    public async Task NodesThatDidNotAnswer_ShouldBeNamed_BesideTheList()
    {
        Hub.Answers["GET /api/v1/sessions"] = request =>
        {
            request.HttpContext.Response.Headers["Garm-Unanswered-Nodes"] = "10.0.0.1:4053,10.0.0.2:4053";
            return Json("[]");
        };

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("sessions", "list", "-o", "json"));

        Assert.Equal("[]\n", Cli.Out.All);
        Assert.Contains("garmctl: the list is not complete: no answer from 10.0.0.1:4053, 10.0.0.2:4053", Cli.Error.All);
    }

    [Fact]
    public async Task Users_ShouldBeListed()
    {
        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("users", "list"));

        Assert.Equal("""
            USERNAME  ID  ENABLED  ADMIN  EMAIL  FULL_NAME
            admin     u1  true     true   a@b    -
            ann       u2  false    false  ann@b  -

            """, Cli.Out.All);
    }

    [Fact]
    public async Task NewUser_ShouldHaveThePasswordOfStdin()
    {
        Hub.Answers["POST /api/v1/users"] = _ => Json("""{"id":"u3","username":"bob"}""");
        Cli.Input = "a password with spaces\nrest";

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("users", "add", "--username", "bob", "--email", "bob@b", "--admin", "true", "--password-stdin"));

        Assert.Equal(
            """{"email":"bob@b","is_admin":true,"username":"bob","password":"a password with spaces"}""",
            Hub.Received["/api/v1/users"]!.ToJsonString());
        Assert.Equal("User bob has been added with the id u3.\n", Cli.Out.All);
    }

    [Fact]
    public async Task User_ShouldBeChanged_ByName()
    {
        Hub.Answers["PUT /api/v1/users/u2"] = _ => Json("""{"id":"u2","username":"ann"}""");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("users", "update", "ann", "--enabled", "true", "--full-name", "Ann"));
        Assert.Equal("""{"full_name":"Ann","enabled":true}""", Hub.Received["/api/v1/users/u2"]!.ToJsonString());
        Cli.Environment["GARM_NEW_PASSWORD"] = "another one";
        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("users", "password", "u2"));
        Assert.Equal("""{"password":"another one"}""", Hub.Received["/api/v1/users/u2"]!.ToJsonString());
    }

    [Fact]
    public async Task User_ShouldBeShown_AndRemoved()
    {
        Hub.Answers["DELETE /api/v1/users/u2"] = _ => Json("{}");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("users", "show", "ann"));
        Assert.Contains("is_admin  false", Cli.Out.All);
        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("users", "remove", "ann"));
        Assert.Equal("DELETE /api/v1/users/u2", Hub.Calls.Last());
    }

    [Fact]
    public async Task Source_ShouldBeAdded_WithWhatIsGiven()
    {
        Hub.Answers["POST /api/v1/sources"] = _ => Json("""{"name":"east"}""");
        Cli.Environment["GARM_SOURCE_PASSWORD"] = "there";
        var bundle = Path.Combine(Path.GetDirectoryName(Cli.ConfigFile)!, "ca.pem");
        await File.WriteAllTextAsync(bundle, "PEM");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync(
            "source", "add", "east", "--url", "https://garm.example.com/", "--username", "hub", "--ca-cert", bundle, "--relist-seconds", "30",
            "--host", "east.example.com", "--host", "east2.example.com"));

        Assert.Equal(
            """{"url":"https://garm.example.com","username":"hub","ca_cert_bundle":"PEM","relist_seconds":30,"hosts":["east.example.com","east2.example.com"],"password":"there","name":"east"}""",
            Hub.Received["/api/v1/sources"]!.ToJsonString());
        Assert.DoesNotContain("there", Cli.Out.All + Cli.Error.All);
    }

    [Fact]
    public async Task Source_ShouldBeChanged_InWhatIsGivenAlone()
    {
        Hub.Answers["PUT /api/v1/sources/east"] = _ => Json("{}");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("source", "update", "east", "--enabled", "false", "--host", ""));

        Assert.Equal("""{"enabled":false,"hosts":[]}""", Hub.Received["/api/v1/sources/east"]!.ToJsonString());
    }

    [Fact]
    public async Task Sources_ShouldBeListed_Shown_AndRemoved()
    {
        const string east = """{"name":"east","url":"https://garm","enabled":true,"hosts":["a","b"],"status":{"state":"synced","entities":12,"repairs":0,"node":"n1"}}""";
        Hub.Answers["GET /api/v1/sources"] = _ => Json($"[{east}]");
        Hub.Answers["GET /api/v1/sources/east"] = _ => Json(east);
        Hub.Answers["DELETE /api/v1/sources/east"] = _ => Json("{}");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("source", "list"));
        Assert.Equal("NAME  URL           ENABLED  STATE   ENTITIES  REPAIRS  NODE  LAST_EVENT  MESSAGE", await Cli.Out.NextAsync("the headers"));
        Assert.Equal("east  https://garm  true     synced  12        0        n1    -           -", await Cli.Out.NextAsync("the source"));
        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("source", "show", "east"));
        Assert.Contains("status.state     synced\n", Cli.Out.All);
        Assert.Contains("hosts            a,b\n", Cli.Out.All);
        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("source", "remove", "east"));
        Assert.Equal("DELETE /api/v1/sources/east", Hub.Calls.Last());
    }

    [Theory]
    [InlineData("users update ann", "nothing to change")]
    [InlineData("users add --username bob --email bob@b", "no password: give --password-stdin, set GARM_NEW_PASSWORD")]
    [InlineData("source update east", "nothing to change")]
    [InlineData("source add east --username u", "--url")]
    [InlineData("source add east --url http://h --username u", "set GARM_SOURCE_PASSWORD")]
    [InlineData("source add east --url http://h/api/v1 --username u", "try http://h")]
    [InlineData("source update east --ca-cert /no/such/file", "--ca-cert: ")]
    public async Task WrongArguments_ShouldBeRefused(string line, string what)
    {
        Assert.Equal(ExitCodes.Usage, await Cli.RunAsync(line.Split(' ')));

        Assert.Contains(what, Cli.Error.All);
    }

    [Theory]
    [InlineData("sessions list", "sessions")]
    [InlineData("source list", "sources")]
    [InlineData("events", "events")]
    [InlineData("snapshot", "snapshot")]
    public async Task AServerWithoutTheRoute_ShouldBeNamedAsSuch(string line, string route)
    {
        Assert.Equal(ExitCodes.Failed, await Cli.RunAsync(line.Split(' ')));

        Assert.Contains($"the server has no /api/v1/{route} (HTTP 404", Cli.Error.All);
        Assert.Contains("GARM has no such route, and not every version of the hub has it", Cli.Error.All);
    }

    [Fact]
    public async Task UnknownUser_ShouldBeTold_WithThoseThatThereAre()
    {
        Assert.Equal(ExitCodes.Failed, await Cli.RunAsync("users", "remove", "zoe"));

        Assert.Contains("there is no user 'zoe'; there is: admin, ann", Cli.Error.All);
    }

    private static IResult Json(string text) => Results.Text(text, "application/json");
}
