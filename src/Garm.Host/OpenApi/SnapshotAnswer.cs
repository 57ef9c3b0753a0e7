using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Host.OpenApi;

/// <summary>The schema of <c>GET /snapshot</c>, whose JSON is assembled from the stored bytes.</summary>
internal sealed record SnapshotAnswer(
    [property: JsonPropertyName("entities")] IReadOnlyList<SnapshotEntity> Entities,
    [property: JsonPropertyName("after")] string After,
    [property: JsonPropertyName("more")] bool More,
    [property: JsonPropertyName("cursor")] string Cursor);

/// <summary>An entity as its last event showed it; /schemas/events.json has the payloads.</summary>
internal sealed record SnapshotEntity(
    [property: JsonPropertyName("entity-type")] string EntityType,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("payload")] JsonElement Payload);
