using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Golden.Comparing;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Tests;

/// <summary>Every recorded value must be compared: each is changed in turn, and the comparer has to report it.</summary>
public sealed class RecordingMutationSpecs
{
    // Values that may differ between runs, and ids, which only have to be used consistently.
    private static readonly HashSet<string> Free =
    [
        "created_at", "updated_at", "token", "hostname", "version", "id", "credentials_id", "proxy_id", "template_id",
        "workflow_job_id", "scale_set_id", "agent_id",
    ];

    private static readonly HashSet<string> LeftOut = ["pool_manager_status", "rate_limit"];

    public static TheoryData<string> Scenarios => [.. Recordings.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Recording_ShouldEqualItself(string scenario)
    {
        var comparer = new Comparer();
        foreach (var (json, kind) in Documents(scenario))
        {
            var element = Recordings.Element(json);
            Assert.Empty(comparer.Differences(element, element, kind, "$"));
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void ChangedRecording_ShouldDiffer(string scenario)
    {
        var seen = 0;
        foreach (var (json, kind) in Documents(scenario))
        {
            var expected = Recordings.Element(json);
            foreach (var changed in Mutations(json))
            {
                var actual = Recordings.Element(changed);
                Assert.False(new Comparer().Matches(expected, actual, kind), $"{json}\nis taken for\n{changed}");
                seen++;
            }
        }

        Assert.InRange(seen, 10, int.MaxValue);
    }

    private static IEnumerable<(string Json, string Kind)> Documents(string scenario)
    {
        foreach (var step in Recordings.Find(scenario).Steps)
        {
            if (step.Response is { } response && response.Body.ValueKind is not JsonValueKind.Undefined)
                yield return (response.Body.GetRawText(), IdKinds.OfPath(step.Request?.Path ?? ""));
            foreach (var frame in step.Events ?? [])
                yield return (frame.GetRawText(), frame.PropertyText("entity-type"));
        }
    }

    // One changed document for each value (changed), each property (removed) and each object (with one more property).
    private static IEnumerable<string> Mutations(string json)
    {
        for (var i = 0; ; i++)
        {
            var document = JsonNode.Parse(json);
            if (document is null) yield break;
            if (Changes(document).ElementAtOrDefault(i) is not { } change) yield break;
            change();
            yield return document.ToJsonString();
        }
    }

    private static IEnumerable<Action> Changes(JsonNode node)
    {
        switch (node)
        {
            case JsonObject parent:
                yield return () => parent["surplus"] = null;
                foreach (var (key, value) in parent.Where(x => !LeftOut.Contains(x.Key)).ToList())
                {
                    // The events of an entity are a log of the background.
                    if (key == "events" && parent.ContainsKey("pool_manager_status")) continue;
                    yield return () => parent.Remove(key);
                    if (value is JsonValue leaf && !Free.Contains(key)) yield return () => parent[key] = Changed(leaf);
                    if (value is null) yield return () => parent[key] = "";
                    foreach (var change in value is null ? [] : Changes(value)) yield return change;
                }

                break;
            case JsonArray items:
                yield return () => items.Add("surplus");
                foreach (var (i, item) in items.ToList().Index())
                {
                    yield return () => items.RemoveAt(i);
                    if (item is JsonValue leaf) yield return () => items[i] = Changed(leaf);
                    foreach (var change in item is null ? [] : Changes(item)) yield return change;
                }

                break;
            default:
                break;
        }
    }

    private static JsonNode Changed(JsonValue leaf) => leaf.GetValueKind() switch
    {
        JsonValueKind.String => leaf.GetValue<string>() + "x",
        JsonValueKind.Number => leaf.GetValue<long>() + 1,
        _ => !leaf.GetValue<bool>(),
    };
}
