using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Compatibility;

/// <summary>
/// The requests of GARM's command line, as Go's structs are encoded in JSON: fields that were not set are absent, null or
/// empty, and all of these leave an entity unchanged.
/// </summary>
public sealed class GarmCliRequestSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    [Fact]
    public async Task AnUpdateOfAPool_ThatOnlyEnablesIt_ChangesNothingElse()
    {
        var pool = await PoolAsync("cli-pool");

        var answer = await hub.Admin.SendAsync(
            "PUT", $"/api/v1/pools/{pool["id"]}", Json("""{"runner_prefix":"","enabled":true,"enable_shell":null,"tags":null,"image":"","os_type":""}"""));

        Assert.Equal(200, answer.Status);
        var after = JsonNode.Parse(answer.Text)!.AsObject();
        Assert.True((bool?)after["enabled"]);
        foreach (var ignored in new[] { "enabled", "updated_at", "generation" }) Remove(ignored, after, pool);
        Assert.True(JsonNode.DeepEquals(pool, after), answer.Text);
    }

    [Fact]
    public async Task AnUpdateOfAScaleSet_ThatOnlyEnablesIt_ChangesNothingElse()
    {
        var owner = await RepositoryAsync("cli-set");
        var made = await hub.Admin.SendAsync("POST", $"/api/v1/repositories/{owner}/scalesets", Json(
            """{"name":"cli-set","disable_update":false,"scale_set_id":77,"provider_name":"fake","max_runners":2,"image":"i","flavor":"f","os_type":"linux","os_arch":"amd64","enable_shell":false}"""));
        Assert.Equal(200, made.Status);
        var set = JsonNode.Parse(made.Text)!.AsObject();

        var answer = await hub.Admin.SendAsync(
            "PUT", $"/api/v1/scalesets/{set["id"]}", Json("""{"enabled":true,"enable_shell":null,"state":null,"extended_state":null}"""));

        Assert.Equal(200, answer.Status);
        var after = JsonNode.Parse(answer.Text)!.AsObject();
        foreach (var ignored in new[] { "enabled", "updated_at", "generation" }) Remove(ignored, after, set);
        Assert.True(JsonNode.DeepEquals(set, after), answer.Text);
    }

    /// <summary>The request of <c>garm-cli scaleset add</c>, which has no option for the number because GARM registers the scale set.</summary>
    [Theory]
    [InlineData("repositories", "{}")]
    [InlineData("repositories", """{"runner_prefix":"p","min_idle_runners":1,"enabled":true,"runner_bootstrap_timeout":9,"extra_specs":{"x":1},"github-runner-group":"special","labels":["a","b"]}""")]
    [InlineData("organizations", "{}")]
    [InlineData("enterprises", "{}")]
    public async Task AScaleSet_IsMadeWithoutTheForgesNumber_WhichWhoeverRegistersItTellsLater(string kind, string options)
    {
        var owner = await OwnerAsync(kind, $"cli-number-{kind}-{options.Length}");
        var body = JsonNode.Parse(
            """{"runner_prefix":"","name":"s","disable_update":false,"scale_set_id":0,"provider_name":"fake","max_runners":2,"image":"i","flavor":"f","os_type":"linux","os_arch":"amd64","enable_shell":false}""")!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(options)!.AsObject()) body[key] = value?.DeepClone();

        var made = await hub.Admin.SendAsync("POST", $"/api/v1/{kind}/{owner}/scalesets", body);
        Assert.True(made.Status == 200, made.Text);
        Assert.False(made.Json.TryGetProperty("scale_set_id", out _), made.Text);

        var id = made.Json.GetProperty("id");
        var told = await hub.Admin.SendAsync("PUT", $"/api/v1/scalesets/{id}", Json("""{"scale_set_id":17,"state":"created"}"""));
        Assert.True(told.Status == 200, told.Text);

        var after = JsonNode.Parse((await hub.Admin.SendAsync("GET", $"/api/v1/scalesets/{id}")).Text)!.AsObject();
        Assert.Equal((17, "created"), ((int?)after["scale_set_id"], (string?)after["state"]));
        var before = JsonNode.Parse(made.Text)!.AsObject();
        foreach (var ignored in new[] { "scale_set_id", "state", "updated_at" }) Remove(ignored, after, before);
        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
    }

    [Theory]
    [InlineData("""{"scale_set_id":-1}""", 400, "invalid scale_set_id -1")]
    [InlineData("""{"scale_set_id":null}""", 400, "missing scale_set_id")]
    [InlineData("""{"scale_set_id":"17"}""", 400, "invalid request")]
    [InlineData("""{"scale_set_id":2147483648}""", 400, "invalid request")]
    [InlineData("""{"scale_set_id":5}""", 409, "of the same entity has scale_set_id 5")]
    public async Task AScaleSetWithAWrongNumber_IsRefusedInWordsThatHelp(string wrong, int status, string words)
    {
        var owner = await RepositoryAsync($"cli-wrong-{Guid.NewGuid():N}");
        var body = JsonNode.Parse(
            """{"name":"s","scale_set_id":5,"provider_name":"fake","max_runners":2,"image":"i","flavor":"f","os_type":"linux","os_arch":"amd64"}""")!.AsObject();
        Assert.Equal(200, (await hub.Admin.SendAsync("POST", $"/api/v1/repositories/{owner}/scalesets", body)).Status);
        body["scale_set_id"] = JsonNode.Parse(wrong)!["scale_set_id"]?.DeepClone();

        var answer = await hub.Admin.SendAsync("POST", $"/api/v1/repositories/{owner}/scalesets", body);

        Assert.True(answer.Status == status, answer.Text);
        Assert.Contains(words, answer.Json.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"cli-cred-a","endpoint":"github.com","auth_type":"pat","pat":{"oauth2_token":"t"},"app":{}}""", "github")]
    [InlineData("""{"name":"cli-cred-b","description":"d","endpoint":"github.com","auth_type":"pat","pat":{"oauth2_token":"t"},"app":{}}""", "github")]
    public async Task Credentials_ComeWithAnEmptyApp(string body, string forge)
    {
        var answer = await hub.Admin.SendAsync("POST", $"/api/v1/{forge}/credentials", Json(body));

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task NewerFieldsOfTheClient_AreNoReasonToRefuse()
    {
        var made = await hub.Admin.SendAsync("POST", "/api/v1/github/credentials", Json(
            """{"name":"cli-newer","endpoint":"github.com","auth_type":"pat","pat":{"oauth2_token":"t"},"app":{},"reserve_usage_enabled":true,"reserve_usage_percentage":10}"""));

        Assert.Equal(200, made.Status);
    }

    [Theory]
    [InlineData("/api/v1/templates", """{"name":"cli-tpl","description":"","data":"ZWNobwo=","os_type":"linux","forge_type":"github"}""", """{"name":null,"description":"changed","data":null}""")]
    [InlineData("/api/v1/proxies", """{"name":"cli-proxy","http_proxy":"http://p.example.com:1"}""", """{"description":"changed"}""")]
    public async Task Nulls_LeaveWhatIsThere(string path, string creation, string change)
    {
        var made = await hub.Admin.SendAsync("POST", path, Json(creation));
        Assert.Equal(200, made.Status);

        var answer = await hub.Admin.SendAsync("PUT", $"{path}/{made.Json.GetProperty("id")}", Json(change));

        Assert.Equal(200, answer.Status);
        Assert.Equal("changed", answer.Json.GetProperty("description").GetString());
        Assert.Equal(made.Json.GetProperty("name").GetString(), answer.Json.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/api/v1/pools/")]
    [InlineData("/api/v1/jobs/")]
    [InlineData("/api/v1/instances/?outdatedOnly=false")]
    [InlineData("/api/v1/repositories?owner=&name=&endpoint=")]
    [InlineData("/api/v1/templates?osType=&forgeType=&partialName=")]
    [InlineData("/api/v1/objects?page=1&pageSize=25")]
    public async Task TrailingSlashes_AndEmptyQueries_AreTaken(string path) =>
        Assert.Equal(200, (await hub.Admin.SendAsync("GET", path)).Status);

    private static void Remove(string field, params JsonObject[] entities)
    {
        foreach (var entity in entities) entity.Remove(field);
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private Task<string> RepositoryAsync(string name) => OwnerAsync("repositories", name);

    private async Task<string> OwnerAsync(string kind, string name)
    {
        await hub.Admin.SendAsync("POST", "/api/v1/github/credentials", Json(
            $$$"""{"name":"{{{name}}}","endpoint":"github.com","auth_type":"pat","pat":{"oauth2_token":"t"},"app":{}}"""));
        var repositoryOwner = kind == "repositories" ? "\"owner\":\"o\"," : "";
        var made = await hub.Admin.SendAsync("POST", $"/api/v1/{kind}", Json(
            $$"""{{{repositoryOwner}}"name":"{{name}}","credentials_name":"{{name}}","webhook_secret":"s","pool_balancer_type":"roundrobin"}"""));
        Assert.Equal(200, made.Status);
        return made.Json.GetProperty("id").GetString()!;
    }

    private async Task<JsonObject> PoolAsync(string name)
    {
        var owner = await RepositoryAsync(name);
        var made = await hub.Admin.SendAsync("POST", $"/api/v1/repositories/{owner}/pools", Json(
            """{"runner_prefix":"","provider_name":"fake","max_runners":2,"image":"i","flavor":"f","os_type":"linux","os_arch":"amd64","tags":["x"],"enable_shell":false}"""));
        Assert.Equal(200, made.Status);
        return JsonNode.Parse(made.Text)!.AsObject();
    }
}
