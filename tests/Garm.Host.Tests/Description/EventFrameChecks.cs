using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Garm.Contracts.Events.Schema;
using Garm.Golden.Sockets;

namespace Garm.Host.Tests.Description;

/// <summary>Validates every text message that a test of this project receives from an event socket against the schema.</summary>
internal static class EventFrameChecks
{
    /// <summary>GARM's last text before it closes the socket after an invalid message: not JSON, so the schema does not contain it.</summary>
    private static readonly string[] Words = ["failed to unmarshal filter", "invalid filter", "too many filters: at most "];

    private static readonly JsonNode Published = EventSchema.Create();
    private static readonly StrictSchema Messages = Definition(null);

    /// <summary>One of the schema's definitions; null for messages of the hub.</summary>
    public static StrictSchema Definition(string? name)
    {
        var root = name is null
            ? new JsonObject { ["oneOf"] = Published["oneOf"]!.DeepClone() }
            : new JsonObject { ["$ref"] = $"#/$defs/{name}" };
        return new StrictSchema(root, Published["$defs"]!);
    }

    /// <summary>What is wrong with a message, or null.</summary>
    public static string? Check(string text) =>
        Words.Any(text.StartsWith) ? null : Messages.Problem(text) is { } problem ? $"not as the schema says: {problem}" : null;

    [ModuleInitializer]
    internal static void Install() => RawWebSocket.CheckEvent = Check;
}
