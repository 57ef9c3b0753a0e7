using System.Text.Json.Nodes;

namespace Garm.Host.Tests.Properties;

// Endpoints, credentials, and entities with runners.
internal sealed partial class Fleet
{
    private Task<int> EndpointAsync(FleetCall call, string forge)
    {
        var path = $"/{forge}/endpoints";
        var one = state.Pick("github_endpoint", call.Pick, x => (string?)x["endpoint_type"] == forge);
        var name = NewName(call);
        var body = new JsonObject
        {
            ["name"] = call.Flaw == 1 ? "a/b" : name,
            ["description"] = $"text {call.Variant}",
            ["api_base_url"] = call.Flaw == 2 ? "no url" : $"https://{name}.example.com/api",
            ["base_url"] = $"https://{name}.example.com",
        };
        if (forge == "github") body["upload_base_url"] = $"https://{name}.example.com/upload";
        if (call.Deed == Deed.Update) body.Remove("name");
        return RestAsync(call, path, $"{one?["name"] ?? "none"}", body);
    }

    private Task<int> CredentialsAsync(FleetCall call, string forge)
    {
        var endpoint = state.Pick("github_endpoint", call.Pick, x => (string?)x["endpoint_type"] == forge)?["name"];
        var isApp = forge == "github" && call.Variant % 8 == 0;
        var body = new JsonObject
        {
            ["name"] = call.Flaw == 1 ? "" : NewName(call),
            ["description"] = $"text {call.Variant}",
            ["endpoint"] = call.Flaw == 2 ? "none" : $"{endpoint ?? "github.com"}",
            ["auth_type"] = isApp ? "app" : "pat",
        };
        if (isApp) body["app"] = Node(new { app_id = 7, installation_id = 9, private_key_bytes = Convert.ToBase64String(secrets.NewKey()) });
        else body["pat"] = Node(new { oauth2_token = secrets.New() });
        return RestAsync(call, $"/{forge}/credentials", IdOf($"{forge}_credentials", call), body);
    }

    private async Task<int> EntityAsync(FleetCall call, int kind)
    {
        var (type, path) = (EntityTypes[kind], $"/{EntityPaths[kind]}");
        var forge = kind == 3 || (kind < 2 && call.Variant % 3 == 0) ? "gitea" : "github";
        var credentials = state.Pick($"{forge}_credentials", call.Pick);
        var secret = secrets.New();
        var body = new JsonObject
        {
            ["credentials_name"] = call.Flaw == 1 ? "none" : $"{credentials?["name"] ?? "none"}",
            ["webhook_secret"] = call.Flaw == 2 && call.Deed == Deed.Create ? "" : secret,
            ["pool_balancer_type"] = call.Flaw == 2 ? "sideways" : call.Variant % 2 == 0 ? "pack" : "roundrobin",
        };
        if (call.Deed == Deed.Create)
        {
            body["forge_type"] = forge;
            if (kind == 3) body["endpoint_name"] = credentials?["endpoint"]?["name"]?.DeepClone();
            else body["name"] = NewName(call);
            if (kind == 0) body["owner"] = $"owner{call.Variant % 3}";
        }

        var one = state.Pick(type, call.Pick);
        var answer = await SendAsync(call, path, $"{one?["id"] ?? Guid.NewGuid().ToString()}", body);
        if (answer.Status == 200 && call.Deed != Deed.Delete) _webhookSecrets[answer.Json.GetProperty("id").GetString()!] = secret;
        return answer.Status;
    }

    private async Task<int> ProviderStatusAsync(FleetCall call)
    {
        var kind = call.Pick % EntityTypes.Length;
        object body = call.Flaw == 1 ? new { } : call.Variant % 2 == 0 ? new { running = true } : new { running = false, failure_reason = $"why {call.Variant % 3}" };
        var answer = await hub.Admin.SendAsync("PUT", $"/api/v1/{EntityPaths[kind]}/{IdOf(EntityTypes[kind], call)}/pool-manager-status", body);
        onText(answer.Text);
        return answer.Status;
    }
}
