using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Properties;

/// <summary>An event as <c>GET /events</c> gives it.</summary>
internal sealed record LoggedChange(string Type, string Operation, JsonObject Payload)
{
    /// <summary>Its key within its type.</summary>
    public string Id => Type switch
    {
        "github_endpoint" => Payload["name"]!.ToString(),
        "controller" => Payload["controller_id"]!.ToString(),
        _ => Payload["id"]!.ToString(),
    };
}

/// <summary>The state according to the change log.</summary>
internal sealed class FleetState
{
    private readonly Dictionary<string, SortedDictionary<string, JsonObject>> _byType = [];
    private string _cursor = "earliest";

    /// <summary>Reads further in the log, and applies the events.</summary>
    public async Task<IReadOnlyList<LoggedChange>> FollowAsync(HubClient hub, Action<string> onText)
    {
        var found = new List<LoggedChange>();
        bool more;
        do
        {
            var page = await hub.SendAsync("GET", $"/api/v1/events?limit=1000&after={_cursor}");
            Assert.Equal(200, page.Status);
            onText(page.Text);
            foreach (var json in page.Json.GetProperty("events").EnumerateArray())
            {
                var change = new LoggedChange(
                    json.GetProperty("entity-type").GetString()!, json.GetProperty("operation").GetString()!,
                    JsonNode.Parse(json.GetProperty("payload").GetRawText())!.AsObject());
                Apply(change);
                found.Add(change);
            }

            _cursor = page.Json.GetProperty("cursor").GetString()!;
            more = page.Json.GetProperty("more").GetBoolean();
        }
        while (more);

        return found;
    }

    /// <summary>The entities of a type, by id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Of(string type) =>
        _byType.TryGetValue(type, out var all) ? all : new SortedDictionary<string, JsonObject>();

    /// <summary>An entity of a type that meets a condition; null when there is none.</summary>
    public JsonObject? Pick(string type, int number, Func<JsonObject, bool>? condition = null)
    {
        var all = Of(type).Values.Where(condition ?? (_ => true)).ToList();
        return all.Count == 0 ? null : all[number % all.Count];
    }

    private void Apply(LoggedChange change)
    {
        if (!_byType.TryGetValue(change.Type, out var all))
            _byType[change.Type] = all = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);

        // A log that creates an existing entity, or changes a missing one, is not valid.
        Assert.True(
            all.ContainsKey(change.Id) == (change.Operation != "create"),
            $"{change.Type} {change.Operation} of {change.Id}: {JsonSerializer.Serialize(change.Payload)}");
        if (change.Operation == "delete") all.Remove(change.Id);
        else all[change.Id] = change.Payload;
    }
}
