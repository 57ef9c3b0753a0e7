using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Garm.Contracts.Events.Schema;
using Garm.Golden.Sockets;

namespace Garm.Host.Tests.Description;

/// <summary>Every text message that any test of this project gets from an event socket is held against the schema.</summary>
internal static class EventFrameChecks
{
    /// <summary>The last words before the socket is closed on a bad message, as GARM has them: no JSON, so the schema knows them not.</summary>
    private static readonly string[] Words = ["failed to unmarshal filter", "invalid filter", "too many filters: at most "];

    private static readonly JsonNode Published = EventSchema.Create();
    private static readonly StrictSchema Messages = Definition(null);

    /// <summary>One of the schema's definitions; null for what the hub sends.</summary>
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
