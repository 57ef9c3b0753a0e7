using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Data.Model;
using Garm.Data.Tests.Support;
using Garm.Data.Webhooks;

namespace Garm.Data.Tests.Webhooks;

/// <summary>Sends a forge's deliveries about jobs of <c>acme/site</c>, whose secret is <see cref="EntityDatabase.Secret"/>.</summary>
internal sealed class Deliveries(EntityDatabase entities)
{
    /// <summary>Sends a delivery.</summary>
    /// <param name="action">The action.</param>
    /// <param name="job">The job.</param>
    /// <param name="runner">The job's runner.</param>
    /// <param name="id">The delivery's id; a new one by default, and none when empty.</param>
    /// <param name="hook">What the webhook is installed on.</param>
    /// <param name="change">Changes the body.</param>
    public Task TakeAsync(
        string action, long job, string? runner = null, string? id = null, string hook = "repository", Action<JsonObject>? change = null)
    {
        var body = new JsonObject
        {
            ["action"] = action,
            ["workflow_job"] = new JsonObject
            {
                ["id"] = job,
                ["run_id"] = 8,
                ["html_url"] = "https://github.com/acme/site/actions/runs/8/job/1",
                ["name"] = "build",
                ["labels"] = new JsonArray("linux"),
                ["runner_name"] = runner,
            },
            ["repository"] = new JsonObject { ["name"] = "site", ["owner"] = new JsonObject { ["login"] = "acme" } },
            ["organization"] = new JsonObject { ["login"] = "acme" },
        };
        change?.Invoke(body);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        return entities.Database.UseAsync((WebhookStore store) => store.TakeAsync(
            new WorkflowJobDelivery
            {
                ForgeType = ForgeTypes.Github,
                HookType = hook,
                Signature = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(EntityDatabase.Secret), bytes))}",
                DeliveryId = id ?? $"{Guid.NewGuid()}",
                Body = bytes,
            },
            default));
    }
}
