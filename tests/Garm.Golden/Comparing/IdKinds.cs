using System.Text.Json;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Comparing;

/// <summary>The kinds of numeric ids: ids are mapped one to one within a kind, and kinds are independent.</summary>
internal static class IdKinds
{
    public const string Uuid = "uuid";
    public const string WorkflowJob = "workflow job";

    private static readonly HashSet<string> Entities = ["repository", "organization", "enterprise", "forge_instance"];

    /// <summary>Whether this is a kind of entity that owns pools (and, in the original, has a pool manager).</summary>
    public static bool IsEntity(string kind) => Entities.Contains(kind);

    /// <summary>The kind of an object, from its property, its own shape and the surrounding kind.</summary>
    public static string OfObject(JsonElement value, string key, string surrounding)
    {
        var isCredentials = key == "credentials"
            || surrounding is "github_credentials" or "gitea_credentials"
            || value.Property("auth-type").ValueKind != JsonValueKind.Undefined;
        if (isCredentials) return OfCredentials(value);

        return key == "job" ? "job" : surrounding;
    }

    /// <summary>The kind that surrounds the value of a property.</summary>
    public static string OfProperty(string key, string surrounding) => key switch
    {
        "credentials" => "github_credentials",
        "pool" => "pool",
        _ => surrounding,
    };

    /// <summary>The kind of a number; null when it is not an id.</summary>
    public static string? OfNumber(string key, string kind, JsonElement parent) => key switch
    {
        "id" => kind,
        "credentials_id" => OfCredentials(parent.Property("credentials")),
        "template_id" => "template",
        "proxy_id" => "proxy",
        "scale_set_id" => kind == "scaleset" ? "forge scale set" : "scaleset",
        "agent_id" => "agent",
        "workflow_job_id" => WorkflowJob,
        _ => null,
    };

    /// <summary>The kind of the answer of an API path.</summary>
    public static string OfPath(string path)
    {
        var parts = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToArray();
        if (parts.Select(OfCollection).LastOrDefault(kind => kind.Length > 0) is { } collection) return collection;

        return parts switch
        {
            ["gitea", "credentials", ..] => "gitea_credentials",
            ["github", "credentials", ..] or ["credentials", ..] => "github_credentials",
            ["repositories", ..] => "repository",
            ["organizations", ..] => "organization",
            ["enterprises", ..] => "enterprise",
            ["forge-instances", ..] => "forge_instance",
            _ => "",
        };
    }

    private static string OfCollection(string part) => part switch
    {
        "templates" => "template",
        "proxies" => "proxy",
        "objects" => "file_object",
        "jobs" => "job",
        "scalesets" => "scaleset",
        "instances" => "instance",
        "pools" => "pool",
        _ => "",
    };

    // GitHub's and Gitea's credentials are numbered separately.
    private static string OfCredentials(JsonElement credentials) =>
        $"credentials:{credentials.PropertyText("forge_type")}";
}
