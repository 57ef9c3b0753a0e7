using System.Text;
using System.Text.Json.Nodes;

namespace Garm.Host.Tests.Properties;

// Templates, files, proxies, users and the controller.
internal sealed partial class Fleet
{
    private Task<int> TemplateAsync(FleetCall call) => RestAsync(call, "/templates", IdOf("template", call), new JsonObject
    {
        ["name"] = call.Flaw == 1 ? "" : NewName(call),
        ["description"] = $"text {call.Variant}",
        ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(call.Flaw == 2 ? "{{ .Broken" : $"echo {call.Variant}")),
        ["os_type"] = "linux",
        ["forge_type"] = call.Variant % 2 == 0 ? "github" : "gitea",
    });

    private async Task<int> FileAsync(FleetCall call)
    {
        if (call.Deed != Deed.Create)
        {
            var name = call.Flaw == 1 ? "" : NewName(call);
            return await RestAsync(call, "/objects", IdOf("file_object", call), Node(new { name, tags = new[] { $"t{call.Variant % 4}" } }));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/objects");
        request.Headers.Authorization = new("Bearer", hub.Admin.Token);
        if (call.Flaw != 1) request.Headers.Add("X-File-Name", NewName(call));
        request.Headers.Add("X-Tags", $"t{call.Variant % 4},t9");
        return await SendAsync(request, new string('x', call.Variant));
    }

    private Task<int> ProxyAsync(FleetCall call) => RestAsync(call, "/proxies", IdOf("proxy", call), new JsonObject
    {
        ["name"] = call.Flaw == 1 ? "" : NewName(call),
        ["http_proxy"] = call.Flaw == 2 ? "no url" : $"http://proxy{call.Variant}.example.com:3128",
        ["username"] = "user",
        ["password"] = secrets.New(),
    });

    private Task<int> UserAsync(FleetCall call)
    {
        // Not the user that makes the calls.
        var one = state.Pick("user", call.Pick, x => (string?)x["username"] != "admin")?["id"];
        var name = NewName(call);
        return RestAsync(call, "/users", $"{one ?? Guid.NewGuid().ToString()}", new JsonObject
        {
            ["username"] = name,
            ["email"] = call.Flaw == 1 ? "none" : $"{name}@example.com",
            ["full_name"] = "Some Body",
            ["password"] = call.Flaw == 2 ? "weak" : secrets.New(),
            ["enabled"] = call.Variant % 3 != 0,
            ["is_admin"] = call.Variant % 2 == 0,
        });
    }

    private async Task<int> ControllerAsync(FleetCall call)
    {
        var answer = await hub.Admin.SendAsync("PUT", "/api/v1/controller", new JsonObject
        {
            ["metadata_url"] = call.Flaw == 1 ? "no url" : $"https://garm{call.Variant}.example.com/metadata",
            ["minimum_job_age_backoff"] = call.Flaw == 2 ? -1 : call.Variant,
        });
        onText(answer.Text);
        return answer.Status;
    }
}
