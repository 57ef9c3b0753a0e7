using Garm.Cli.Entities;
using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;
using Garm.Contracts.Events;
using Microsoft.AspNetCore.Http;

namespace Garm.Cli.Tests.Commands;

public sealed class GetCommandSpecs : FakeHubSpecs
{
    [Fact]
    public async Task List_ShouldBeATable()
    {
        Hub.Answers["GET /api/v1/pools"] = _ => Json("""[{"id":"p1","enabled":true,"image":"ubuntu:24.04","max_runners":5,"org_name":"acme"},{"id":"p2"}]""");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("get", "pools"));

        Assert.Equal("""
            ID  ENABLED  PROVIDER_NAME  IMAGE         FLAVOR  MAX_RUNNERS  REPO_NAME  ORG_NAME  ENTERPRISE_NAME
            p1  true     -              ubuntu:24.04  -       5            -          acme      -
            p2  -        -              -             -       -            -          -         -

            """, Cli.Out.All);
    }

    [Fact]
    public async Task List_ShouldBeEmpty_WhereTheServerSaysNull()
    {
        Hub.Answers["GET /api/v1/github/credentials"] = _ => Json("null");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("get", "github-credentials", "-o", "json"));

        Assert.Equal("[]\n", Cli.Out.All);
    }

    [Fact]
    public async Task Files_ShouldBeReadToTheLastPage()
    {
        Hub.Answers["GET /api/v1/objects"] = request => Json(request.Query["page"] == "2"
            ? """{"results":[{"id":2,"name":"b"}],"next_page":null}"""
            : """{"results":[{"id":1,"name":"a"}],"next_page":2}""");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("get", "file_object", "-o", "json"));

        Assert.Equal("""[{"id":1,"name":"a"},{"id":2,"name":"b"}]""" + "\n", Cli.Out.All);
    }

    [Fact]
    public async Task One_ShouldBeAskedForById()
    {
        Hub.Answers["GET /api/v1/instances/run 1"] = _ => Json("""{ "id": "i", "name":"run 1"}""");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("get", "instance", "run 1", "-o", "json"));

        Assert.Equal("""{ "id": "i", "name":"run 1"}""" + "\n", Cli.Out.All);
    }

    [Fact]
    public async Task Job_ShouldBeFoundInTheList_BecauseItHasNoRoute()
    {
        Hub.Answers["GET /api/v1/jobs"] = _ => Json("""[{"id":1,"name":"build"},{"id":2,"name":"test"}]""");

        Assert.Equal(ExitCodes.Ok, await Cli.RunAsync("get", "job", "2", "-o", "json"));
        Assert.Equal("""{"id":2,"name":"test"}""" + "\n", Cli.Out.All);
        Assert.Equal(ExitCodes.Failed, await Cli.RunAsync("get", "job", "3"));
        Assert.Contains("there is no job '3'", Cli.Error.All);
    }

    [Fact]
    public async Task Name_ShouldNotReachTheTerminalsControls()
    {
        Hub.Answers["GET /api/v1/proxies"] = _ => Json("""[{"id":1,"name":"a\u001b[2Jb"}]""");

        await Cli.RunAsync("get", "proxies");

        Assert.DoesNotContain('\u001b', Cli.Out.All);
    }

    [Theory]
    [InlineData("get runner", "'runner' is no type; accepted are repository")]
    [InlineData("get controller 5", "there is only one controller")]
    public async Task WrongArguments_ShouldBeRefused(string line, string what)
    {
        Assert.Equal(ExitCodes.Usage, await Cli.RunAsync(line.Split(' ')));

        Assert.Contains(what, Cli.Error.All);
    }

    [Fact]
    public void EveryEntityType_ShouldHaveAList_AndBeFoundByItsNameAndItsPlural() => Assert.All(EntityTypes.All, type =>
    {
        var kind = EntityKinds.Find(type.WireName())!;
        Assert.Equal((type.WireName(), true), (kind.Name, kind.HasEvents));
        Assert.Same(kind, EntityKinds.Find(kind.Path));
        Assert.NotEmpty(EntityColumns.Headers(kind));
    });

    private static IResult Json(string text) => Results.Text(text, "application/json");
}
