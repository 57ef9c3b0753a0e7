using System.Text.Json;
using Garm.Contracts.Events.Schema;

namespace Garm.Host.OpenApi;

/// <summary><c>/schemas/events.json</c>: the schema of the event socket. It needs no token, like the API's description.</summary>
internal static class EventSchemaApi
{
    public const string Path = "/schemas/events.json";

    public static void MapEventSchema(this IEndpointRouteBuilder routes)
    {
        // By the first request: it takes a tenth of a second of a processor, which no start needs to spend.
        var schema = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(EventSchema.Create()));
        routes.MapGet(Path, () => Results.Bytes(schema.Value, "application/schema+json"));
    }
}
