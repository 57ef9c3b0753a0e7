using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Garm.Cluster.Tests.Support;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Nodes;

/// <summary>
/// Changes the passphrase and the secret of the tokens on two nodes by the steps of <c>docs/operations.md</c>: between any
/// two restarts both nodes accept tokens and read secrets, whichever node made them.
/// </summary>
public sealed class RotationSpecs
{
    private const string OldPassphrase = "the passphrase of the beginning";
    private const string NewPassphrase = "the passphrase that comes next";
    private const string OldSecret = "the token secret of the beginning";
    private const string NewSecret = "the token secret that comes next";

    private static readonly (string Key, string? Value)[] Beginning = Secrets(OldPassphrase, OldSecret, null, null);
    private static readonly (string Key, string? Value)[] Learned = Secrets(OldPassphrase, OldSecret, NewPassphrase, NewSecret);
    private static readonly (string Key, string? Value)[] Rotated = Secrets(NewPassphrase, NewSecret, OldPassphrase, OldSecret);
    private static readonly (string Key, string? Value)[] Done = Secrets(NewPassphrase, NewSecret, null, null);

    [LongFact]
    public async Task BothNodesServe_BetweenAnyTwoSteps_AndNothingIsUnderTheOldPassphraseAtTheEnd()
    {
        var (cluster, started) = await HubCluster.StartAsync(2, Beginning);
        await using var disposal = cluster;
        var nodes = started.ToList();
        List<HubClient> clients = [cluster.AdminAt(nodes[0])];
        await MakeRepositoryAsync(clients[0]);
        var delivery = 0;

        foreach (var step in new[] { Learned, Rotated })
        {
            for (var node = 0; node < nodes.Count; node++)
            {
                await nodes[node].StopAsync();
                nodes[node] = await cluster.StartNodeAsync(step);
                clients.Add(await HubClient.LoginAsync(nodes[node].BaseUrl, AdminName, AdminPassword));
                await ChangeWebhookSecretAsync(nodes[node], clients[^1], $"secret {clients.Count}");
                foreach (var other in nodes)
                {
                    await Retry.UntilAsync("the node is ready", async () => (int)(await HubCluster.ReadinessAsync(other)).Status == 200, TimeSpan.FromSeconds(30));
                    Assert.Equal(Opened, await DeliverAsync(other, $"secret {clients.Count}", ++delivery));
                    foreach (var token in clients.Select(x => x.Token)) Assert.Equal(200, await ReadAsync(other, token));
                }
            }
        }

        using (var admin = new HubClient(nodes[0].BaseUrl, clients[^1].Token))
        {
            var answer = await admin.SendAsync("POST", "/api/v1/secrets/reseal");
            Assert.Equal(200, answer.Status);
            Assert.Equal(0, answer.Json.GetProperty("unreadable").GetArrayLength());
            Assert.Equal(1, answer.Json.GetProperty("resealed").GetInt32()); // The credentials, which no step has changed.
        }

        await nodes[0].StopAsync();
        nodes[0] = await cluster.StartNodeAsync(Done);
        Assert.Equal(Opened, await DeliverAsync(nodes[0], $"secret {clients.Count}", ++delivery));
        Assert.Equal(200, await ReadAsync(nodes[0], clients[^1].Token));
        Assert.Equal(401, await ReadAsync(nodes[0], clients[0].Token)); // Signed with a secret that is no longer known.

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.StartNodeAsync(Beginning));
        Assert.Contains("exit code 1", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("garm: cannot start: Garm:Secrets:Passphrase ", Assert.Single(OutputOf(refused)), StringComparison.Ordinal);
        foreach (var client in clients) client.Dispose();
    }

    /// <summary>The signature was valid, so the secret was decrypted; no pool takes the job. An invalid signature is answered with 401.</summary>
    private const int Opened = 422;

    private const string AdminName = "admin";
    private const string AdminPassword = HubClient.Password;

    private static (string Key, string? Value)[] Secrets(string passphrase, string secret, string? otherPassphrase, string? otherSecret) =>
    [
        ("Garm:Secrets:Passphrase", passphrase),
        ("Garm:Secrets:PreviousPassphrases:0", otherPassphrase),
        ("Garm:Jwt:Secret", secret),
        ("Garm:Jwt:PreviousSecrets:0", otherSecret),
    ];

    private static async Task MakeRepositoryAsync(HubClient admin)
    {
        var credentials = new { name = "c", endpoint = "github.com", auth_type = "pat", pat = new { oauth2_token = "t" } };
        Assert.Equal(200, (await admin.SendAsync("POST", "/api/v1/github/credentials", credentials)).Status);
        var repository = new { owner = "o", name = "r", credentials_name = "c", webhook_secret = "at first" };
        Assert.Equal(200, (await admin.SendAsync("POST", "/api/v1/repositories", repository)).Status);
    }

    private static async Task ChangeWebhookSecretAsync(RunningHost node, HubClient admin, string secret)
    {
        var list = await admin.SendAsync("GET", "/api/v1/repositories");
        var id = list.Json[0].GetProperty("id").GetString();
        var answer = await admin.SendAsync("PUT", $"/api/v1/repositories/{id}", new { webhook_secret = secret });
        Assert.True(answer.Status == 200, $"{answer.Text}\n{node.Output}");
    }

    private static async Task<int> ReadAsync(RunningHost node, string token)
    {
        using var client = new HubClient(node.BaseUrl, token);
        return (await client.SendAsync("GET", "/api/v1/controller-info")).Status;
    }

    /// <summary>A delivery of the forge, signed with the repository's secret, which the node decrypts to compare.</summary>
    private static async Task<int> DeliverAsync(RunningHost node, string secret, int job)
    {
        var body = JsonSerializer.Serialize(new
        {
            action = "queued",
            workflow_job = new
            {
                id = job,
                run_id = 1,
                html_url = "https://github.com/o/r/actions/runs/1/job/1",
                status = "queued",
                name = "build",
                labels = new[] { "self-hosted" },
            },
            repository = new { name = "r", full_name = "o/r", html_url = "https://github.com/o/r", owner = new { login = "o" } },
        });
        using var client = new HttpClient { BaseAddress = node.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Github-Event", "workflow_job");
        request.Headers.Add("X-Github-Hook-Installation-Target-Type", "repository");
        request.Headers.Add("X-Github-Delivery", $"{Guid.NewGuid()}");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body));
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(signature)}");
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static string[] OutputOf(Exception fault) =>
        fault.Message.Split("its output:\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
