using System.Text.Json;
using Garm.Golden.Comparing;
using Garm.Golden.Scenarios;
using Garm.Golden.Sockets;

namespace Garm.Golden.Running;

/// <summary>Sends the requests of a scenario, and compares their answers and events.</summary>
internal sealed class RequestSteps(
    HttpExchange http,
    RawWebSocket? tap,
    Variables variables,
    Comparer comparer,
    IReadOnlySet<string> ownJobs)
{
    private readonly EventComparer _events = new(comparer);

    public async Task<IEnumerable<string>> PlayAsync(Step step, bool isLast)
    {
        var request = step.Request!;
        var answer = await http.SendAsync(request, variables);
        if (step.Select is { } select) answer = answer with { Body = Selected(answer.Body, select) };

        var required = Enumerable.Range(0, step.Events?.Count ?? 0)
            .Count(i => !PoolManagerEvents.MayBeMissing(step, i));
        var events = tap is null ? [] : await EventTap.TakeAsync(tap, required, QuietAfter(request, isLast));

        var found = new List<string>();
        if (step.Response is { } expected)
            found.AddRange(ResponseComparer.Differences(comparer, expected, answer, IdKinds.OfPath(request.Path)));
        if (tap is not null && step.Events is { } expectedEvents)
            found.AddRange(_events.Differences(
                expectedEvents, events, "events", i => PoolManagerEvents.MayBeMissing(step, i)));

        found.AddRange(Capture(step, answer.Body, events));
        return found;
    }

    // Reads cause no events, so a GET does not wait for silence: an unexpected event is reported in
    // a later step, and the last step always waits.
    private static TimeSpan QuietAfter(RequestSpec request, bool isLast) =>
        request.Method == "GET" && !isLast ? TimeSpan.Zero : EventTap.Quiet;

    private static IEnumerable<string> Missing(string name, string path) => [$"cannot capture {name} from {path}"];

    private IEnumerable<string> Capture(Step step, JsonElement body, IReadOnlyList<JsonElement> events)
    {
        foreach (var (name, path) in step.Captures)
        {
            var value = CapturePath.Find(path, body, events);
            if (value.ValueKind == JsonValueKind.Undefined) return Missing(name, path);
            variables.Set(name, value);
        }

        return [];
    }

    private JsonElement Selected(JsonElement body, SelectSpec select)
    {
        if (body.ValueKind != JsonValueKind.Array) return body;

        var values = select.Values.Select(variables.Fill).ToList();
        return JsonSerializer.SerializeToElement(
            body.EnumerateArray().Where(item => IsSelected(item, select.Key, values)));
    }

    private bool IsSelected(JsonElement item, string key, List<JsonElement> values)
    {
        var job = item.Property("workflow_job_id");
        return values.Any(value => JsonElement.DeepEquals(value, item.Property(key)))
            && (job.ValueKind == JsonValueKind.Undefined || ownJobs.Count == 0 || ownJobs.Contains(job.GetRawText()));
    }
}
