using System.Text;
using System.Text.Json.Nodes;
using Garm.Fuzz.Tests.Support;

namespace Garm.Fuzz.Tests.Requests;

/// <summary>Generates JSON bodies from schemas: valid, nearly valid and invalid ones.</summary>
internal sealed class BodyMaker(JsonObject description, Knowledge knowledge)
{
    private const int DeepestValue = 6;

    private static readonly Dictionary<string, string[]> Good = new()
    {
        ["os_type"] = ["linux", "windows"],
        ["os_arch"] = ["amd64", "arm64"],
        ["provider_name"] = ["fake"],
        ["forge_type"] = ["github", "gitea"],
        ["auth_type"] = ["pat", "app"],
        ["pool_balancer_type"] = ["pack", "roundrobin"],
        ["password"] = ["Corr3ct-Horse-battery-Staple-99!"],
        ["status"] = ["queued", "in_progress", "completed", "running", "creating", "pending_delete", "deleted", "error", "stopped"],
        ["runner_status"] = ["pending", "installing", "idle", "active", "terminated", "failed", "online"],
        ["state"] = ["active", "error"],
        ["type"] = ["public", "private"],
        ["data"] = ["ZWNobyBoaQ=="],
        ["webhook_secret"] = [Deliveries.Secret],
        ["forge"] = ["github", "gitea"],
        ["heartbeat"] = ["2026-01-02T03:04:05Z"],
    };

    /// <summary>The bytes of a body.</summary>
    public byte[] Make(JsonObject schema, Random chances)
    {
        if (chances.Next(25) == 0) return Hostile.Json(chances);
        var body = new List<byte>();

        // Mostly valid, so that more than the first check is reached; otherwise a few fields are invalid.
        Write(body, schema, "", chances, chances.Next(2) == 0 ? 0 : chances.Next(2) == 0 ? 12 : 3, 0);
        var bytes = body.ToArray();
        return chances.Next(15) == 0 ? Hostile.Damage(chances, bytes) : bytes;
    }

    private void Write(List<byte> body, JsonObject schema, string field, Random chances, int oneBadIn, int depth)
    {
        schema = Resolve(schema);
        if (oneBadIn > 0 && field.Length > 0 && chances.Next(oneBadIn) == 0)
        {
            body.AddRange(Hostile.Json(chances));
            return;
        }

        switch (TypeOf(schema))
        {
            case "object" when schema["properties"] is JsonObject properties && depth < DeepestValue:
                WriteObject(body, properties, chances, oneBadIn, depth);
                break;
            case "object":
                Text(body, "{\"some\":\"dmFsdWU=\"}");
                break;
            case "array":
                Text(body, "[");
                for (var left = chances.Next(1, 4); left > 0; left--)
                {
                    Write(body, schema["items"]!.AsObject(), field, chances, oneBadIn, depth + 1);
                    if (left > 1) Text(body, ",");
                }

                Text(body, "]");
                break;
            case "boolean":
                Text(body, chances.Next(2) == 0 ? "true" : "false");
                break;
            case "integer" or "number":
                Text(body, chances.Next(3) == 0 && knowledge.Pick("", field, chances) is { } known && long.TryParse(known, out _)
                    ? known
                    : $"{chances.Next(0, chances.Next(2) == 0 ? 5 : 50)}");
                break;
            case "string":
                Text(body, JsonValue.Create(StringOf(schema, field, chances)).ToJsonString());
                break;
            default:
                body.AddRange(chances.Next(2) == 0 ? Encoding.UTF8.GetBytes("{\"disk\":[1,{\"x\":null}]}") : Hostile.Json(chances));
                break;
        }
    }

    private void WriteObject(List<byte> body, JsonObject properties, Random chances, int oneBadIn, int depth)
    {
        Text(body, "{");
        var first = true;
        foreach (var (name, schema) in properties)
        {
            if (chances.Next(8) == 0) continue;
            Text(body, $"{(first ? "" : ",")}{JsonValue.Create(name).ToJsonString()}:");
            Write(body, schema!.AsObject(), name, chances, oneBadIn, depth + 1);
            first = false;
        }

        Text(body, "}");
    }

    private string StringOf(JsonObject schema, string field, Random chances)
    {
        if (schema["enum"] is JsonArray { Count: > 0 } choices) return $"{choices[chances.Next(choices.Count)]}";
        if (Good.TryGetValue(field, out var good)) return good[chances.Next(good.Length)];
        if (field is "credentials_name" && knowledge.Pick("credentials", "name", chances) is { } credentials) return credentials;
        if (field is "endpoint" or "endpoint_name" && knowledge.Pick("endpoints", "name", chances) is { } endpoint) return endpoint;
        if (field.EndsWith("url", StringComparison.Ordinal) || field.EndsWith("proxy", StringComparison.Ordinal))
            return $"https://h{chances.Next(30)}.example.com";
        if (field == "email") return $"u{chances.Next(5000)}@example.com";
        return chances.Next(4) == 0 && knowledge.Pick("", field, chances) is { } known ? known : $"{field}{chances.Next(200)}".Replace("_", "");
    }

    private JsonObject Resolve(JsonObject schema)
    {
        while (true)
        {
            if ((string?)schema["$ref"] is { } reference) schema = description["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject();
            else if ((schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"]) is JsonArray choices)
                schema = choices.OfType<JsonObject>().First(x => TypeOf(x) != "null");
            else return schema;
        }
    }

    private static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(x => (string)x!).First(x => x != "null"),
        { } type => (string)type!,
        _ => null,
    };

    private static void Text(List<byte> body, string text) => body.AddRange(Encoding.UTF8.GetBytes(text));
}
