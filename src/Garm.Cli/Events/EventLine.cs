using System.Collections.Immutable;
using System.Globalization;
using Garm.Cli.Terminal;
using Garm.Client.Events;
using Spectre.Console;

namespace Garm.Cli.Events;

/// <summary>One event for the eye: when it was committed or came, what happened to what, and a few facts.</summary>
internal sealed record EventLine(
    string Time,
    string Operation,
    string EntityType,
    string Title,
    ImmutableArray<(string Name, string Value)> Facts)
{
    /// <param name="garmEvent">The event.</param>
    /// <param name="at">When it was committed, or when it came if it does not say.</param>
    /// <param name="title">What people call the entity.</param>
    /// <param name="cursor">Its cursor; null when it has none.</param>
    public static EventLine From(GarmEvent garmEvent, DateTimeOffset at, string title, string? cursor = null) => new(
        at.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        SafeText.Clean(garmEvent.Operation),
        SafeText.Clean(garmEvent.EntityType),
        SafeText.Clean(title),
        [
            .. EventFacts.Of(garmEvent.EntityType, garmEvent.Payload).Select(fact => (fact.Name, SafeText.Clean(fact.Value))),
            .. garmEvent.Source == "" ? Array.Empty<(string, string)>() : [("source", SafeText.Clean(garmEvent.Source))],
            .. garmEvent.Left ? [("left", "true")] : Array.Empty<(string, string)>(),
            .. garmEvent.Entered ? [("entered", "true")] : Array.Empty<(string, string)>(),
            .. cursor is null ? Array.Empty<(string, string)>() : [("cursor", SafeText.Clean(cursor))],
        ]);

    public string ToText() =>
        $"{Time} {Operation,-6} {EntityType,-18} {Title}{string.Concat(Facts.Select(fact => $"  {fact.Name}={fact.Value}"))}";

    public string ToMarkup()
    {
        var facts = Facts.Select(fact => $"  [grey]{Markup.Escape(fact.Name)}=[/]{Markup.Escape(fact.Value)}");
        return $"[grey]{Time}[/] [{Colour}]{Markup.Escape($"{Operation,-6}")}[/] {Markup.Escape($"{EntityType,-18}")} "
            + $"[bold]{Markup.Escape(Title)}[/]{string.Concat(facts)}";
    }

    private string Colour => Operation switch
    {
        "create" => "green",
        "update" => "yellow",
        "delete" => "red",
        _ => "default",
    };
}
