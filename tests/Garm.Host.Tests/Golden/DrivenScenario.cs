using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Golden.Scenarios;

namespace Garm.Host.Tests.Golden;

/// <summary>
/// A recording in which GARM's runner manager was active, made playable without one: where the recorder waited for the
/// manager, the hub's own routes make the same changes, and the events must be exactly the recorded ones.
/// Steps are numbered from 1, as in the recording.
/// </summary>
internal sealed class DrivenScenario
{
    private const string Authorization = "Bearer {{token}}";

    private readonly JsonObject _recording;
    private readonly Dictionary<int, JsonNode[]> _replaced = [];
    private readonly List<JsonNode> _steps;

    private DrivenScenario(JsonObject recording) =>
        (_recording, _steps) = (recording, [.. recording["steps"]!.AsArray().Select(x => x!)]);

    public static DrivenScenario Load(string name) => new(JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden-forge", $"{name}.json")))!.AsObject());

    /// <summary>A recorded step, to read or to change.</summary>
    public JsonNode Step(int number) => _steps[number - 1];

    /// <summary>The payload of a recorded event, as a copy.</summary>
    public JsonObject Payload(int step, int index) => Step(step)["events"]![index]!["payload"]!.DeepClone().AsObject();

    /// <summary>Removes steps.</summary>
    public DrivenScenario Without(params int[] steps)
    {
        foreach (var step in steps) _replaced[step] = [];
        return this;
    }

    /// <summary>Replaces a step.</summary>
    public DrivenScenario Instead(int step, params JsonNode[] others)
    {
        _replaced[step] = others;
        return this;
    }

    /// <summary>Takes the runner's token from the hub instead of the provider's data.</summary>
    public DrivenScenario TokenAt(int step) => Instead(step, Request(
        "POST", "/api/v1/instances/{{instance}}/token", new JsonObject(), [],
        new JsonObject { ["instance_token"] = "$.token" }));

    /// <summary>Makes each change of a runner that was recorded in a step, with one request for each.</summary>
    /// <param name="step">The step.</param>
    /// <param name="runners">The path of the pool's or scale set's runners.</param>
    /// <param name="creation">Further fields of the request that creates it.</param>
    /// <param name="beside">Events that the creation also causes.</param>
    public DrivenScenario Drive(int step, string runners = "", JsonObject? creation = null, JsonNode[]? beside = null)
    {
        var events = Step(step)["events"]!.AsArray().Where(x => (string?)x!["entity-type"] == "instance").Select(x => x!);
        return Instead(step, [.. events.Select(x => Move(x, runners, creation, beside ?? []))]);
    }

    /// <summary>The request that makes the change of a recorded event.</summary>
    public static JsonNode Move(JsonNode recorded, string runners, JsonObject? creation, JsonNode[] beside)
    {
        var payload = recorded["payload"]!.AsObject();
        switch ((string?)recorded["operation"])
        {
            case "create":
                var body = creation?.DeepClone().AsObject() ?? [];
                body["agent_id"] = payload["agent_id"]?.DeepClone();
                return Request("POST", runners, body, [recorded, .. beside], new JsonObject { ["instance"] = "$.name" });
            case "update":
                var change = new JsonObject();
                foreach (var key in new[] { "status", "runner_status", "provider_id", "os_name", "os_version", "addresses", "provider_fault" })
                {
                    if (payload[key] is { } value) change[key] = value.DeepClone();
                }

                // The machine has its runner's name, which differs in each run.
                if (payload["provider_id"] is { } id)
                    change["provider_id"] = ((string)id!).Replace((string)payload["name"]!, "{{instance}}");
                return Request("PUT", "/api/v1/instances/{{instance}}", change, [recorded, .. beside]);
            default:
                return Request("PUT", "/api/v1/instances/{{instance}}", new JsonObject { ["status"] = "deleted" }, [recorded, .. beside]);
        }
    }

    /// <summary>A request that succeeds and causes these events.</summary>
    public static JsonNode Request(string method, string path, JsonObject body, JsonNode[] events, JsonObject? captures = null) =>
        new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["method"] = method,
                ["path"] = path,
                ["headers"] = new JsonObject { ["authorization"] = Authorization },
                ["body"] = body,
            },
            ["response"] = new JsonObject { ["status"] = 200 },
            ["events"] = new JsonArray([.. events.Select(x => x.DeepClone())]),
            ["captures"] = captures ?? new JsonObject(),
        };

    /// <summary>An event.</summary>
    public static JsonNode Event(string type, string operation, JsonObject payload) =>
        new JsonObject { ["entity-type"] = type, ["operation"] = operation, ["payload"] = payload };

    public Scenario Build()
    {
        var steps = _steps.Index().SelectMany(x => _replaced.GetValueOrDefault(x.Index + 1) ?? [x.Item]);
        _recording["steps"] = new JsonArray([.. steps.Select(x => x.DeepClone())]);
        return Scenario.Parse(_recording.ToJsonString(JsonSerializerOptions.Default));
    }
}
