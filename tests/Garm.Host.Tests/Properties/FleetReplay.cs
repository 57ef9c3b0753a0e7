using System.Text.Json.Nodes;

namespace Garm.Host.Tests.Properties;

/// <summary>
/// The API's view of an entity, built from the change log alone: the entity's own last event, with the fields of other entities
/// taken from their last events, as in <c>docs/delivery.md</c> ("The log and the lists"). In an event these are as of the entity's own change.
/// </summary>
internal static class FleetReplay
{
    /// <summary>The fields that lists leave out, as GARM's do.</summary>
    private static readonly Dictionary<string, string[]> LeftOut = new()
    {
        ["pool"] = ["instances", "template_name", "proxy_name", "extra_specs"],
        ["scaleset"] = ["instances", "template_name", "proxy_name"],
        ["instance"] = ["addresses", "status_messages"],
    };

    private static readonly string[] EntityTypes = ["repository", "organization", "enterprise", "forge_instance"];
    private static readonly string[] OwnerKeys = ["repo_id", "org_id", "enterprise_id", "forge_instance_id"];

    /// <summary>An entity as its list shows it.</summary>
    public static JsonObject Listed(string type, JsonObject logged, FleetState state)
    {
        var one = Whole(type, logged, state);
        foreach (var field in LeftOut.GetValueOrDefault(type) ?? []) one.Remove(field);
        if (type == "template") one["data"] = null;
        return one;
    }

    /// <summary>An entity's own answer, without the ids of related entities.</summary>
    public static JsonObject Whole(string type, JsonObject logged, FleetState state)
    {
        var one = logged.DeepClone().AsObject();
        switch (type)
        {
            case "github_credentials" or "gitea_credentials": AddEndpointOf(one, state); break;
            case "repository" or "organization" or "enterprise" or "forge_instance": AddCredentials(one, state); break;
            case "pool" or "scaleset": AddOwner(one, type == "pool" ? "pool_id" : "scale_set_id", state); break;
            case "instance": AddJob(one, state); break;
            case "job": RemoveGone(one, state); break;
            default: break;
        }

        return one;
    }

    private static void AddEndpointOf(JsonObject credentials, FleetState state)
    {
        var endpoint = Find(state, "github_endpoint", credentials["endpoint"]!["name"]);
        Set(credentials, "endpoint", endpoint);
        foreach (var (field, source) in new[]
        {
            ("api_base_url", "api_base_url"), ("upload_base_url", "upload_base_url"), ("base_url", "base_url"), ("ca_bundle", "ca_cert_bundle"),
            ("forge_type", "endpoint_type"),
        })
        {
            Set(credentials, field, endpoint[source]);
        }
    }

    private static void AddCredentials(JsonObject entity, FleetState state)
    {
        var type = $"{entity["credentials"]!["forge_type"]}_credentials";
        var credentials = Whole(type, Find(state, type, entity["credentials"]!["id"]), state);
        Set(entity, "credentials", credentials);
        Set(entity, "credentials_name", credentials["name"]);
        Set(entity, "endpoint", Find(state, "github_endpoint", entity["endpoint"]!["name"]));
    }

    /// <summary>The fields of a pool or scale set that come from its entity, template, proxy and runners.</summary>
    private static void AddOwner(JsonObject pool, string runnersKey, FleetState state)
    {
        foreach (var (type, key) in EntityTypes.Zip(OwnerKeys))
        {
            if (pool[key] is not { } id) continue;
            var owner = Find(state, type, id);
            Set(pool, "endpoint", Find(state, "github_endpoint", owner["endpoint"]!["name"]));
            if (type != "forge_instance") Set(pool, key.Replace("_id", "_name"), type == "repository" ? $"{owner["owner"]}/{owner["name"]}" : owner["name"]);
        }

        foreach (var type in new[] { "template", "proxy" })
            if (pool[$"{type}_id"] is { } id) Set(pool, $"{type}_name", Find(state, type, id)["name"]);
        var runners = state.Of("instance").Values.Where(x => $"{x[runnersKey]}" == $"{pool["id"]}")
            .OrderBy(x => x["created_at"]!.GetValue<DateTime>()).ThenBy(x => Guid.Parse($"{x["id"]}")).Select(Member).ToArray();
        Set(pool, "instances", runners.Length == 0 ? null : new JsonArray(runners));
    }

    private static JsonNode Member(JsonObject instance)
    {
        var member = instance.DeepClone().AsObject();
        foreach (var field in new[] { "addresses", "status_messages", "job" }) member.Remove(field);
        member["provider_name"] = "";
        return member;
    }

    private static void AddJob(JsonObject instance, FleetState state)
    {
        if (instance["job"]?["id"] is not { } id) return;
        var job = Whole("job", Find(state, "job", id), state);
        job.Remove("runner_name");
        Set(instance, "job", job);
    }

    /// <summary>A completed job outlives its entities, as in GARM: after their <c>delete</c> it no longer shows them.</summary>
    private static void RemoveGone(JsonObject job, FleetState state)
    {
        foreach (var (type, key) in EntityTypes.Zip(OwnerKeys))
        {
            if (job[key] is not { } id || state.Of(type).ContainsKey($"{id}")) continue;
            Assert.True((string?)job["status"] == "completed", $"{type} {id} is gone, and a job that is not completed shows it: {job.ToJsonString()}");
            job.Remove(key);
        }
    }

    private static JsonObject Find(FleetState state, string type, JsonNode? id)
    {
        Assert.True(state.Of(type).TryGetValue($"{id}", out var found), $"{type} {id} is shown and not in the log");
        return found;
    }

    private static void Set(JsonObject entity, string field, JsonNode? value)
    {
        if (value is null) entity.Remove(field);
        else entity[field] = value.DeepClone();
    }
}
