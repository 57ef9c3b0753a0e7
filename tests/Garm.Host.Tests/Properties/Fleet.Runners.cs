using System.Text;
using System.Text.Json.Nodes;

namespace Garm.Host.Tests.Properties;

// Pools, scale sets and their runners.
internal sealed partial class Fleet
{
    private Task<int> PoolAsync(FleetCall call)
    {
        var kind = call.Variant % EntityTypes.Length;
        var owner = $"/{EntityPaths[kind]}/{IdOf(EntityTypes[kind], call)}/pools";
        var body = Runners(call);
        body["tags"] = Node(new[] { "self-hosted", $"t{call.Variant % 5}" });
        body["priority"] = call.Variant % 7;
        return RestAsync(call, call.Deed == Deed.Create ? owner : "/pools", IdOf("pool", call), body);
    }

    private Task<int> ScaleSetAsync(FleetCall call)
    {
        var kind = call.Variant % 3;
        var owner = $"/{EntityPaths[kind]}/{IdOf(EntityTypes[kind], call)}/scalesets";
        var body = Runners(call);
        body["name"] = NewName(call);
        body["labels"] = Node(new[] { $"l{call.Variant % 5}" });
        if (call.Deed != Deed.Create) body["desired_runner_count"] = call.Variant % 4;

        // Created without the forge's number as often as with it, and given it later; some numbers belong to another scale set.
        if (call.Deed == Deed.Create) body["scale_set_id"] = call.Variant % 2 == 0 ? 0 : 1 + (call.Variant % 40);
        else if (call.Variant % 3 == 0) body["scale_set_id"] = 1 + (call.Variant % 40);
        return RestAsync(call, call.Deed == Deed.Create ? owner : "/scalesets", IdOf("scaleset", call), body);
    }

    private JsonObject Runners(FleetCall call)
    {
        var body = new JsonObject
        {
            ["max_runners"] = 5 + (call.Variant % 4),
            ["min_idle_runners"] = call.Flaw == 1 ? 99 : call.Variant % 3,
            ["image"] = $"image{call.Variant % 4}",
            ["flavor"] = "small",
            ["os_type"] = call.Variant % 5 == 0 ? "windows" : "linux",
            ["os_arch"] = "amd64",
            ["enabled"] = call.Variant % 2 == 0,
            ["runner_bootstrap_timeout"] = 10 + (call.Variant % 3),
            ["extra_specs"] = call.Variant % 6 == 0 ? null : Node(new { disk = call.Variant }),
        };
        if (call.Deed == Deed.Create) body["provider_name"] = call.Flaw == 2 ? "none" : "fake";
        if (call.Variant % 4 == 0 && state.Pick("proxy", call.Pick)?["id"] is { } proxy) body["proxy_id"] = proxy.DeepClone();
        return body;
    }

    private Task<int> InstanceAsync(FleetCall call)
    {
        var one = state.Pick("instance", call.Pick);
        var name = $"{one?["name"] ?? "none"}";
        if (call.Deed != Deed.Create)
        {
            return RestAsync(call, "/instances", name, new JsonObject
            {
                ["status"] = call.Flaw == 1 ? "no-such" : NextStatus($"{one?["status"]}", call.Variant),
                ["provider_id"] = $"machine-{call.Variant}",
                ["os_name"] = "ubuntu",
                ["addresses"] = Node(new[] { new { address = $"10.0.0.{call.Variant % 200}", type = call.Flaw == 2 ? "odd" : "private" } }),
                ["provider_fault"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"fault {call.Variant}")),
            });
        }

        var place = call.Variant % 3 == 0 ? $"/scalesets/{IdOf("scaleset", call)}" : $"/pools/{IdOf("pool", call)}";
        var body = new JsonObject
        {
            ["agent_id"] = call.Variant,
            [call.Variant % 4 == 1 ? "no_jit" : "jit_configuration"] = Node(new Dictionary<string, string> { [".credentials"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(secrets.New())) }),
        };
        body["registration_token"] = secrets.New();
        var job = state.Pick("job", call.Pick, x => (string?)x["status"] == "queued");
        if (call.Variant % 2 == 0 && job is not null) body["job_id"] = job["id"]!.DeepClone();
        return RestAsync(call, $"{place}/instances", "", body);
    }

    /// <summary>Mostly the next state in a runner's life.</summary>
    private static string NextStatus(string status, int variant) => variant % 5 == 0
        ? Statuses[variant % Statuses.Length]
        : status switch
        {
            "pending_create" => "creating",
            "creating" => "running",
            "running" => variant % 3 == 0 ? "pending_delete" : "stopped",
            "stopped" => "running",
            "error" => "pending_create",
            "pending_delete" or "pending_force_delete" => "deleting",
            _ => "deleted",
        };

    private async Task<int> CallbackAsync(FleetCall call)
    {
        var instance = state.Pick("instance", call.Pick, x => $"{x["status"]}" is "creating" or "running" && $"{x["runner_status"]}" is "pending" or "installing");
        var token = await hub.Admin.SendAsync("POST", $"/api/v1/instances/{instance?["name"] ?? "none"}/token");
        if (token.Status != 200) return token.Status;
        var text = token.Json.GetProperty("token").GetString()!;
        secrets.Add(text);

        var isInfo = call.Variant % 3 == 0;
        var body = isInfo
            ? Node(new { os_name = "ubuntu", os_version = $"24.{call.Variant % 12}" })
            : Node(new { status = call.Flaw == 1 ? "odd" : RunnerStatuses[call.Variant % 5], message = $"step {call.Variant}" });
        using var request = new HttpRequestMessage(HttpMethod.Post, isInfo ? "/api/v1/callbacks/system-info" : "/api/v1/callbacks/status");
        request.Headers.Authorization = new("Bearer", call.Flaw == 2 ? $"{text}x" : text);
        return await SendAsync(request, body.ToJsonString());
    }
}
