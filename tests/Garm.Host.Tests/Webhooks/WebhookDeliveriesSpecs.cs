using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Garm.Host.Tests.Hub;
using Garm.Host.Tests.Telemetry;

namespace Garm.Host.Tests.Webhooks;

/// <summary>The log, a counter and a list show why a job did not arrive, for each delivery.</summary>
public sealed class WebhookDeliveriesSpecs(HubProcess hub) : IClassFixture<HubProcess>
{
    private const string Secret = "s";

    [Fact]
    public async Task EachDelivery_IsTold_WithWhatBecameOfIt()
    {
        var pool = await hub.Admin.MakePoolAsync("site");
        Assert.Equal(200, (await hub.Admin.SendAsync("PUT", $"/api/v1/pools/{pool}", new { enabled = true })).Status);
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        var job = Job("site", "x");

        Assert.Equal(200, await SendAsync(http, "d-ping", "{}", "ping"));
        Assert.Equal(200, await SendAsync(http, "d-elsewhere", Job("elsewhere", "x")));
        Assert.Equal(401, await SendAsync(http, "d-unsigned", job, secret: "wrong"));
        Assert.Equal(422, await SendAsync(http, "d-unwanted", Job("site", "windows")));
        Assert.Equal(400, await SendAsync(http, "d-form", $"payload={Uri.EscapeDataString(job)}", type: "application/x-www-form-urlencoded"));
        Assert.Equal(400, await SendAsync(http, "d-broken", "{"));
        Assert.Equal(200, await SendAsync(http, "d-foreign", job, path: $"/webhooks/{Guid.NewGuid()}"));

        var told = await ListAsync("");
        Assert.Equal(
            [
                ("d-foreign", "ignored", "controller_unknown", 200),
                ("d-broken", "refused", "payload_invalid", 400),
                ("d-form", "refused", "form_encoded", 400),
                ("d-unwanted", "refused", "job_unwanted", 422),
                ("d-unsigned", "refused", "signature_invalid", 401),
                ("d-elsewhere", "ignored", "owner_unknown", 200),
                ("d-ping", "ignored", "event_ignored", 200),
            ],
            told.Select(x => (Text(x, "id"), Text(x, "outcome"), Text(x, "reason"), x.GetProperty("status").GetInt32())));
        Assert.Contains("application/json", Text(told[2], "details"), StringComparison.Ordinal);
        Assert.Equal("repository o/elsewhere", Text(told[5], "entity"));

        var scrape = (await hub.Admin.SendAsync("GET", "/metrics")).Text;
        foreach (var delivery in told)
        {
            Assert.Equal(1, MetricsEndpointSpecs.ValueOf(scrape, "garm_webhook_received", "valid=\"false\"", $"reason=\"{Text(delivery, "reason")}\""));
            Assert.Contains($"The webhook delivery {Text(delivery, "id")} ", hub.Host.Output, StringComparison.Ordinal);
        }

        Assert.Equal(200, await SendAsync(http, "d-job", job));
        Assert.Equal("accepted", Text((await ListAsync("?limit=1"))[0], "outcome"));
        Assert.Equal(3, (await ListAsync("?outcome=ignored")).Count);
        Assert.Equal(1, MetricsEndpointSpecs.ValueOf((await hub.Admin.SendAsync("GET", "/metrics")).Text, "garm_webhook_received", "valid=\"true\"", "reason=\"\""));
    }

    [Theory]
    [InlineData("limit=0", "a whole number from 1 to 500")]
    [InlineData("limit=501", "a whole number from 1 to 500")]
    [InlineData("outcome=lost", "accepted, ignored, refused")]
    public async Task AWrongValue_IsRefused_WithWhatIsAccepted(string query, string accepted)
    {
        var answer = await hub.Admin.SendAsync("GET", $"/api/v1/webhook-deliveries?{query}");

        Assert.Equal(400, answer.Status);
        Assert.Contains(accepted, answer.Text, StringComparison.Ordinal);
    }

    private static string Job(string repository, string label) => JsonSerializer.Serialize(new
    {
        action = "queued",
        workflow_job = new { id = 7, run_id = 8, html_url = $"https://github.com/o/{repository}/actions/runs/8/job/1", name = "build", labels = new[] { label } },
        repository = new { name = repository, owner = new { login = "o" } },
    });

    private static async Task<int> SendAsync(
        HttpClient http, string id, string body, string eventName = "workflow_job", string secret = Secret, string type = "application/json",
        string path = "/webhooks")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Add("X-Github-Event", eventName);
        request.Headers.Add("X-Github-Delivery", id);
        request.Headers.Add("X-Github-Hook-Installation-Target-Type", "repository");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}");
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private async Task<List<JsonElement>> ListAsync(string query)
    {
        var answer = await hub.Admin.SendAsync("GET", $"/api/v1/webhook-deliveries{query}");
        Assert.Equal(200, answer.Status);
        return [.. answer.Json.EnumerateArray()];
    }

    private static string? Text(JsonElement delivery, string name) => delivery.TryGetProperty(name, out var value) ? value.GetString() : null;
}
