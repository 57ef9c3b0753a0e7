using System.Text.Json;
using Garm.Cli.Events;

namespace Garm.Cli.Entities;

/// <summary>A type's columns: name and id where it has them, and the fields that a person wants to see.</summary>
internal static class EntityColumns
{
    public static IReadOnlyList<string> Headers(EntityKind kind) =>
    [
        .. kind.HasNames ? ["NAME"] : Array.Empty<string>(),
        .. HasIds(kind) ? ["ID"] : Array.Empty<string>(),
        .. kind.Fields.Select(x => x[(x.IndexOf('.') + 1)..].Replace('-', '_').ToUpperInvariant()),
    ];

    public static IReadOnlyList<string> Cells(EntityKind kind, JsonElement payload)
    {
        var id = EventFacts.IdOf(payload);
        var title = EventFacts.Title(payload);
        return
        [
            .. kind.HasNames ? [title == id || title == "?" ? "" : title] : Array.Empty<string>(),
            .. HasIds(kind) ? [id] : Array.Empty<string>(),
            .. kind.Fields.Select(x => EventFacts.Text(payload, x)),
        ];
    }

    private static bool HasIds(EntityKind kind) => !kind.IsByName || kind.Name == "instance";
}
