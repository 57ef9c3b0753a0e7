using System.Text.Json;
using System.Text.Json.Serialization;
using Garm.Client.Caches;

namespace Autoscaler;

/// <summary>A line of what is printed.</summary>
public sealed record Wanted(
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("pool")] string Pool,
    [property: JsonPropertyName("queued")] int Queued,
    [property: JsonPropertyName("busy")] int Busy,
    [property: JsonPropertyName("wanted")] int Runners);

/// <summary>How many runners each pool should have: those at work, the idle ones it keeps, and one for each queued job that it gets.</summary>
public static class WantedRunners
{
    private static readonly string[] Owners = ["repo_id", "org_id", "enterprise_id", "forge_instance_id"];

    public static IEnumerable<Wanted> Of(
        IEnumerable<CachedEntity> pools, IEnumerable<CachedEntity> jobs, IEnumerable<CachedEntity> runners)
    {
        var ordered = pools.OrderByDescending(x => Number(x, "priority")).ThenBy(x => x.Key.Id, StringComparer.Ordinal).ToList();
        var queued = jobs.Select(job => ordered.Find(pool => Takes(pool, job))).OfType<CachedEntity>()
            .CountBy(x => x.Key).ToDictionary();
        var busy = runners.Where(x => Text(x, "runner_status") == "active")
            .CountBy(x => new EntityKey("pool", Text(x, "pool_id") ?? "", x.Key.Source)).ToDictionary();

        foreach (var pool in ordered)
        {
            var (jobsOfPool, busyOfPool) = (queued.GetValueOrDefault(pool.Key), busy.GetValueOrDefault(pool.Key));
            var most = IsEnabled(pool) ? Number(pool, "max_runners") : 0;
            yield return new Wanted(
                pool.Key.Source, pool.Key.Id, jobsOfPool, busyOfPool,
                Math.Min(busyOfPool + jobsOfPool + Number(pool, "min_idle_runners"), most));
        }
    }

    // A pool may run a job of its repository, organization or enterprise whose labels it all has.
    private static bool Takes(CachedEntity pool, CachedEntity job)
    {
        var tags = List(pool, "tags").Select(x => x.GetProperty("name").GetString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return IsEnabled(pool) && pool.Key.Source == job.Key.Source
            && Owners.Any(owner => Text(pool, owner) is { } id && id == Text(job, owner))
            && List(job, "labels").All(label => tags.Contains(label.GetString()));
    }

    // The hub leaves empty fields out.
    private static bool IsEnabled(CachedEntity entity) =>
        entity.Payload.TryGetProperty("enabled", out var value) && value.ValueKind == JsonValueKind.True;

    private static int Number(CachedEntity entity, string field) =>
        entity.Payload.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;

    private static string? Text(CachedEntity entity, string field) =>
        entity.Payload.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> List(CachedEntity entity, string field) =>
        entity.Payload.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
}
