using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Compatibility;

/// <summary>
/// What GARM's command line sends, in the form in which Go's structs become JSON: fields that were not set are absent, null or
/// empty, and all of these leave an entity as it is.
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

    [Fact]
    public async Task AScaleSetWithoutTheForgesNumber_IsRefusedInWordsThatHelp()
    {
        var owner = await RepositoryAsync("cli-number");

        var answer = await hub.Admin.SendAsync("POST", $"/api/v1/repositories/{owner}/scalesets", Json(
            """{"name":"s","disable_update":false,"scale_set_id":0,"provider_name":"fake","max_runners":2,"image":"i","flavor":"f","os_type":"linux","os_arch":"amd64","enable_shell":false}"""));

        Assert.Equal(400, answer.Status);
        Assert.Contains("scale_set_id", answer.Text, StringComparison.Ordinal);
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

    private async Task<string> RepositoryAsync(string name)
    {
        await hub.Admin.SendAsync("POST", "/api/v1/github/credentials", Json(
            $$$"""{"name":"{{{name}}}","endpoint":"github.com","auth_type":"pat","pat":{"oauth2_token":"t"},"app":{}}"""));
        var made = await hub.Admin.SendAsync("POST", "/api/v1/repositories", Json(
            $$"""{"owner":"o","name":"{{name}}","credentials_name":"{{name}}","webhook_secret":"s","pool_balancer_type":"roundrobin"}"""));
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
