using System.Collections.Immutable;
using System.Globalization;
using Garm.Client.Events;
using Garm.Contracts.Text;
using Spectre.Console;

namespace Garm.Cli.Events;

/// <summary>One event for the eye: when it came, what happened to what, and a few facts.</summary>
internal sealed record EventLine(
    string Time,
    string Operation,
    string EntityType,
    string Title,
    ImmutableArray<(string Name, string Value)> Facts)
{
    private const int MaxValueLength = 120;

    public static EventLine From(GarmEvent garmEvent, DateTimeOffset receivedAt, string? cursor = null) => new(
        receivedAt.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        Clean(garmEvent.Operation),
        Clean(garmEvent.EntityType),
        Clean(EventFacts.Title(garmEvent.Payload)),
        [
            .. EventFacts.Of(garmEvent.EntityType, garmEvent.Payload).Select(fact => (fact.Name, Clean(fact.Value))),
            .. cursor is null ? Array.Empty<(string, string)>() : [("cursor", Clean(cursor))],
        ]);

    public string ToText() =>
        $"{Time} {Operation,-6} {EntityType,-18} {Title}{string.Concat(Facts.Select(fact => $"  {fact.Name}={fact.Value}"))}";

    public string ToMarkup()
    {
        var facts = Facts.Select(fact => $"  [grey]{Markup.Escape(fact.Name)}=[/]{Markup.Escape(fact.Value)}");
        return $"[grey]{Time}[/] [{Colour}]{Markup.Escape($"{Operation,-6}")}[/] {Markup.Escape($"{EntityType,-18}")} "
            + $"[bold]{Markup.Escape(Title)}[/]{string.Concat(facts)}";
    }

    /// <summary>Names come from outside: what would move the cursor or break the line must not reach a terminal.</summary>
    public static string Clean(string text)
    {
        var cut = text.Length <= MaxValueLength ? text : TextCut.To(text, MaxValueLength) + "…";
        return string.Create(cut.Length, cut, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = IsSafe(source[i]) ? source[i] : '\uFFFD';
        });
    }

    private string Colour => Operation switch
    {
        "create" => "green",
        "update" => "yellow",
        "delete" => "red",
        _ => "default",
    };

    private static bool IsSafe(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator);
}
