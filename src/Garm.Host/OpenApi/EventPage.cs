using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Host.OpenApi;

/// <summary>The schema of <c>GET /events</c>, whose JSON is assembled from the log's bytes.</summary>
internal sealed record EventPage(
    [property: JsonPropertyName("events")] IReadOnlyList<LoggedEvent> Events,
    [property: JsonPropertyName("cursor")] string Cursor,
    [property: JsonPropertyName("more")] bool More);

/// <summary>An event as the socket sends it to a client with a cursor; /schemas/events.json has the payloads.</summary>
internal sealed record LoggedEvent(
    [property: JsonPropertyName("entity-type")] string EntityType,
    [property: JsonPropertyName("operation")] string Operation,
    [property: JsonPropertyName("payload")] JsonElement Payload,
    [property: JsonPropertyName("cursor")] string Cursor,
    [property: JsonPropertyName("committed-at")] DateTime CommittedAt,
    [property: JsonPropertyName("left")] bool Left,
    [property: JsonPropertyName("entered")] bool Entered,
    [property: JsonPropertyName("source")] string Source);
