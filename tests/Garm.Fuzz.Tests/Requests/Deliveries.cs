using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Garm.Fuzz.Tests.Support;

namespace Garm.Fuzz.Tests.Requests;

/// <summary>Webhook deliveries, most of them with a valid signature.</summary>
internal static class Deliveries
{
    /// <summary>The secret of every entity that the fuzzer creates.</summary>
    public const string Secret = "the-secret-of-all-entities";

    private static readonly string[] Fields =
        ["id", "run_id", "html_url", "status", "conclusion", "started_at", "completed_at", "name", "labels", "runner_id", "runner_name", "runner_group_name"];

    public static byte[] Body(Knowledge knowledge, Random chances)
    {
        var action = new[] { "queued", "in_progress", "completed" }[chances.Next(3)];
        var owner = knowledge.Pick("repositories", "owner", chances) ?? "acme";
        var name = knowledge.Pick("repositories", "name", chances) ?? "site";
        var text = new JsonObject
        {
            ["action"] = action,
            ["workflow_job"] = new JsonObject
            {
                ["id"] = chances.Next(1, 60),
                ["run_id"] = 8,
                ["html_url"] = $"https://github.com/{owner}/{name}/actions/runs/8/job/1",
                ["status"] = action,
                ["conclusion"] = "success",
                ["started_at"] = "2026-01-02T03:04:05Z",
                ["completed_at"] = "2026-01-02T03:04:05Z",
                ["name"] = "build",
                ["labels"] = new JsonArray("self-hosted"),
                ["runner_id"] = chances.Next(5),
                ["runner_name"] = action == "queued" ? null : knowledge.Pick("instances", "name", chances),
                ["runner_group_name"] = "Default",
            },
            ["repository"] = new JsonObject { ["name"] = name, ["owner"] = new JsonObject { ["login"] = owner } },
            ["organization"] = new JsonObject { ["login"] = owner },
        }.ToJsonString();
        if (chances.Next(3) == 0)
        {
            var field = $"\"{Fields[chances.Next(Fields.Length)]}\":";
            var at = text.IndexOf(field, StringComparison.Ordinal) + field.Length;
            var end = text.IndexOfAny([',', '}'], at);
            return [.. Encoding.UTF8.GetBytes(text[..at]), .. Hostile.Json(chances), .. Encoding.UTF8.GetBytes(text[end..])];
        }

        var body = Encoding.UTF8.GetBytes(text);
        return chances.Next(10) == 0 ? Hostile.Damage(chances, body) : body;
    }

    public static IEnumerable<string> Headers(byte[] body, Random chances)
    {
        yield return "X-Github-Event: workflow_job";
        yield return $"X-Github-Hook-Installation-Target-Type: {new[] { "repository", "organization", "business", "system", "x" }[chances.Next(chances.Next(3) == 0 ? 5 : 2)]}";
        if (chances.Next(3) > 0) yield return $"X-Github-Delivery: d{chances.Next(2000)}";
        if (chances.Next(12) > 0)
            yield return $"X-Hub-Signature-256: sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}";
    }
}
