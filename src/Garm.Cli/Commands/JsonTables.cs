using System.Text.Json;
using Garm.Cli.Access;
using Garm.Cli.Events;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>Prints JSON objects, as they are or as a table of some of their fields.</summary>
internal static class JsonTables
{
    public static void PrintList(CliHost host, JsonElement list, string output, params (string Header, string Field)[] columns)
    {
        if (output == CommonOptions.Json)
        {
            host.Out.WriteLine(list.GetRawText());
            return;
        }

        var table = new TextTable([.. columns.Select(x => x.Header)]);
        if (list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray()) table.Add([.. columns.Select(x => CellOf(item, x.Field))]);
        }

        table.WriteTo(host.Out);
    }

    /// <summary>A line a field; the fields of objects have theirs with a dot.</summary>
    public static void PrintOne(CliHost host, JsonElement item, string output)
    {
        if (output == CommonOptions.Json)
        {
            host.Out.WriteLine(item.GetRawText());
            return;
        }

        var table = new TextTable(["FIELD", "VALUE"]);
        AddFields(table, item, "");
        table.WriteTo(host.Out);
    }

    private static void AddFields(TextTable table, JsonElement item, string before)
    {
        foreach (var field in item.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Object) AddFields(table, field.Value, $"{before}{field.Name}.");
            else table.Add([before + field.Name, CellOf(item, field.Name)]);
        }
    }

    private static string CellOf(JsonElement item, string field)
    {
        var at = field.IndexOf('.');
        if (at > 0 && item.TryGetProperty(field[..at], out var inner) && inner.ValueKind == JsonValueKind.Object) return CellOf(inner, field[(at + 1)..]);
        if (EventFacts.Text(item, field) is { Length: > 0 } text) return text;
        return item.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.Array or JsonValueKind.Object
            ? value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(x => x.ValueKind == JsonValueKind.String)
                ? string.Join(",", value.EnumerateArray().Select(x => x.GetString()))
                : value.GetRawText()
            : "";
    }
}
