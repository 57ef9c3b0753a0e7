using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Garm.Host.Tests.Properties;

// Reports of the forge and its listeners about jobs.
internal sealed partial class Fleet
{
    private async Task<int> JobAsync(FleetCall call)
    {
        var kind = call.Variant % 2;
        var entity = state.Pick(EntityTypes[kind], call.Pick);
        if (entity is null) return 404;
        var (owner, repository) = kind == 0 ? ($"{entity["owner"]}", $"{entity["name"]}") : ($"{entity["name"]}", "some-repo");
        var runner = state.Pick("instance", call.Pick)?["name"];
        var action = call.Deed switch { Deed.Create => "queued", Deed.Update => "in_progress", _ => "completed" };
        var url = $"{entity["endpoint"]!["base_url"]}/{owner}/{repository}";
        var body = Node(new
        {
            action,
            workflow_job = new
            {
                id = 1 + (call.Variant % 20),
                run_id = 1,
                html_url = $"{url}/actions/runs/1/job/1",
                status = action,
                conclusion = action == "completed" ? "success" : null,
                started_at = "2026-01-02T03:04:05Z",
                name = "build",
                labels = call.Flaw == 1 ? (object)"none" : call.Variant % 3 == 0 ? new[] { "self-hosted", $"t{call.Variant % 5}" } : ["self-hosted"],
                runner_id = action == "queued" ? (long?)null : 5,
                runner_name = action == "queued" ? null : $"{runner}",
            },
            repository = new { name = repository, full_name = $"{owner}/{repository}", html_url = url, owner = new { login = owner } },
            organization = kind == 0 ? null : new { login = owner },
        }).ToJsonString();
        var secret = call.Flaw == 2 ? secrets.New() : _webhookSecrets.GetValueOrDefault($"{entity["id"]}", "unknown");
        var isGitea = (string?)entity["endpoint"]!["endpoint_type"] == "gitea";
        var prefix = isGitea ? "X-Gitea" : "X-Github";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks");
        request.Headers.Add("X-Github-Event", "workflow_job");
        request.Headers.Add($"{prefix}-Hook-Installation-Target-Type", EntityTypes[kind]);
        request.Headers.Add($"{prefix}-Delivery", $"{Guid.NewGuid()}");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}");
        return await SendAsync(request, body);
    }

    private async Task<int> KnownJobAsync(FleetCall call)
    {
        var job = state.Pick("job", call.Pick);
        var path = $"/api/v1/jobs/{job?["id"] ?? "0"}";
        var owner = job?["repo_id"] ?? job?["org_id"] ?? job?["enterprise_id"];
        var answer = call.Deed == Deed.Delete
            ? await hub.Admin.SendAsync("DELETE", path)
            : await hub.Admin.SendAsync("PUT", path, new JsonObject
            {
                ["status"] = call.Flaw == 1 ? "odd" : new[] { null, "in_progress", "completed" }[call.Variant % 3],
                ["conclusion"] = call.Variant % 3 == 2 ? "cancelled" : null,
                ["runner_name"] = call.Variant % 3 == 1 ? state.Pick("instance", call.Pick)?["name"]?.DeepClone() : null,
                ["locked_by"] = call.Flaw == 2 ? "odd" : call.Variant % 2 == 0 ? "" : owner?.DeepClone(),
            });
        onText(answer.Text);
        return answer.Status;
    }

    private async Task<int> ScaleSetJobAsync(FleetCall call)
    {
        var set = IdOf("scaleset", call);
        var known = state.Pick("job", call.Pick, x => x["scaleset_job_id"] is not null);
        var answer = await hub.Admin.SendAsync("POST", $"/api/v1/scalesets/{set}/jobs", new
        {
            scaleset_job_id = call.Deed == Deed.Create || known is null ? NewName(call) : $"{known["scaleset_job_id"]}",
            status = call.Flaw == 1 ? "odd" : new[] { "queued", "in_progress", "completed" }[call.Variant % 3],
            name = "build",
            run_id = call.Variant,
            runner_name = $"{state.Pick("instance", call.Pick, x => $"{x["scale_set_id"]}" == set)?["name"]}",
        });
        onText(answer.Text);
        return answer.Status;
    }
}
