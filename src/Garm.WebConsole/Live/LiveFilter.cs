using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Contracts.Events;
using Garm.Contracts.Events.Schema;
using Garm.Contracts.Json;

namespace Garm.WebConsole.Live;

/// <summary>A condition on a field of the events of one type.</summary>
/// <param name="Type">The wire name of the type.</param>
/// <param name="Field">The field.</param>
/// <param name="Value">What it must be, as typed.</param>
public sealed record LiveCondition(string Type, string Field, string Value)
{
    /// <summary>As the page's address has it: <c>instance.status=running</c>.</summary>
    public string Text => $"{Type}.{Field}={Value}";

    /// <summary>Reads it; null for what is none.</summary>
    public static LiveCondition? Read(string? text)
    {
        if (text is null) return null;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        return dot > 0 && sign > dot + 1 ? new LiveCondition(text[..dot], text[(dot + 1)..sign], text[(sign + 1)..]) : null;
    }
}

/// <summary>The filter that an operator clicks together, and its forms: the hub's message, and commands that ask for the same.</summary>
/// <param name="Types">Wire names of types; empty for all.</param>
/// <param name="Operations">Wire names of operations; empty for all.</param>
/// <param name="Source">A source's name, <c>-</c> for the hub itself; empty for all.</param>
/// <param name="Conditions">Conditions, each of which holds for its type.</param>
public sealed record LiveFilter(
    IReadOnlyList<string> Types, IReadOnlyList<string> Operations, string Source, IReadOnlyList<LiveCondition> Conditions)
{
    /// <summary>Whether it lets everything through.</summary>
    public bool IsEverything => Types.Count == 0 && Operations.Count == 0 && Conditions.Count == 0;

    /// <summary>The fields of a type that a condition may name, by name.</summary>
    public static IReadOnlyList<string> FieldsOf(string type) => EntityTypes.TryParse(type, out var known)
        ? [.. GarmJson.Options.GetTypeInfo(EventPayloads.Of(known)).Properties.Where(x => IsPlain(x.PropertyType)).Select(x => x.Name).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The message that asks for it.</summary>
    /// <param name="cursor">Where to begin; null for a filter alone.</param>
    public string Message(string? cursor)
    {
        var message = new JsonObject();
        if (IsEverything)
        {
            message["send-everything"] = true;
            if (Source.Length > 0) message["source"] = SourceName;
        }
        else
        {
            message["filters"] = new JsonArray([.. ChosenTypes().Select(Clause)]);
        }

        if (cursor is not null) message["cursor"] = cursor;
        return message.ToJsonString(GarmJson.Options);
    }

    /// <summary>The same with curl, which reads the stream of lines.</summary>
    public string Curl(Uri hub) =>
        $"curl -sN -G {Quoted(new Uri(hub, "/api/v1/events/stream").ToString())} -H \"Authorization: Bearer $GARM_TOKEN\" "
        + $"--data-urlencode {Quoted("filter=" + Message(null))}";

    /// <summary>The same with websocat, on the event socket.</summary>
    public string Websocat(Uri hub)
    {
        var socket = new UriBuilder(new Uri(hub, "/api/v1/ws/events")) { Scheme = hub.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
        return $"echo {Quoted(Message("now"))} | websocat -n -H=\"Authorization: Bearer $GARM_TOKEN\" {Quoted(socket.Uri.ToString())}";
    }

    private string SourceName => Source == "-" ? "" : Source;

    private IEnumerable<string> ChosenTypes()
    {
        if (Types.Count > 0) return Types.Union(Conditions.Select(x => x.Type));
        return Operations.Count > 0 ? EntityTypes.All.Select(x => x.WireName()) : Conditions.Select(x => x.Type).Distinct();
    }

    private JsonNode Clause(string type)
    {
        var clause = new JsonObject { ["entity-type"] = type };
        if (Operations.Count > 0) clause["operations"] = new JsonArray([.. Operations.Select(x => (JsonNode)x)]);
        if (Source.Length > 0) clause["source"] = SourceName;
        var match = new JsonObject();
        foreach (var condition in Conditions.Where(x => x.Type == type)) match[condition.Field] = ValueOf(condition);
        if (match.Count > 0) clause["match"] = match;
        return clause;
    }

    // A number or a truth value where the field is one; the hub refuses a value of the wrong type.
    private static JsonNode? ValueOf(LiveCondition condition)
    {
        var type = EntityTypes.TryParse(condition.Type, out var known)
            ? GarmJson.Options.GetTypeInfo(EventPayloads.Of(known)).Properties.FirstOrDefault(x => x.Name == condition.Field)?.PropertyType
            : null;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool) && bool.TryParse(condition.Value, out var truth)) return truth;
        return type is { IsPrimitive: true } && long.TryParse(condition.Value, CultureInfo.InvariantCulture, out var number) ? number : condition.Value;
    }

    private static bool IsPlain(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type == typeof(string) || type == typeof(DateTime) || type == typeof(byte[]);
    }

    // For a POSIX shell.
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
