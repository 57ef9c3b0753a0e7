using System.CommandLine;
using System.Text.Json;
using Garm.Cli.Access;
using Garm.Cli.Entities;
using Garm.Cli.Events;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>Shows what the REST API lists of a type, or one of them.</summary>
internal static class GetCommand
{
    public static Command Create(CliHost host)
    {
        var type = new Argument<string>("type") { Description = $"The type: {EntityKinds.Names(withEvents: false)}" };
        var id = new Argument<string?>("id") { Description = "One entity: its id; the name of an instance, an endpoint or a provider", Arity = ArgumentArity.ZeroOrOne };
        var output = CommonOptions.Output("table, or json as the server sends it");
        var command = new Command("get", "Show the entities of a type, or one of them") { type, id, output };
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var word = parsed.GetValue(type)!;
            var kind = EntityKinds.Find(word)
                ?? throw CliFailure.Usage($"'{word}' is no type; accepted are {EntityKinds.Names(withEvents: false)}");
            var one = parsed.GetValue(id);
            if (one is not null && kind.IsSingle) throw CliFailure.Usage($"there is only one {kind.Name}; leave '{one}' out");

            var hub = options.Open(host, parsed);
            var found = one is null ? await ListAsync(hub, kind, cancellationToken) : [await OneAsync(hub, kind, one, cancellationToken)];
            if (parsed.GetValue(output) == CommonOptions.Json)
            {
                host.Out.WriteLine(one is not null || kind.IsSingle ? found[0].GetRawText() : $"[{string.Join(',', found.Select(x => x.GetRawText()))}]");
                return ExitCodes.Ok;
            }

            var table = new TextTable(EntityColumns.Headers(kind));
            foreach (var entity in found) table.Add(EntityColumns.Cells(kind, entity));
            table.WriteTo(host.Out);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(HubAccess hub, EntityKind kind, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        for (var path = kind.Path; path is not null;)
        {
            var answer = await hub.GetAsync(path, cancellationToken);
            path = null;
            switch (answer.ValueKind)
            {
                case JsonValueKind.Array:
                    found.AddRange(answer.EnumerateArray());
                    break;
                case JsonValueKind.Object when kind.IsSingle:
                    found.Add(answer);
                    break;

                // Files come in pages.
                case JsonValueKind.Object when answer.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array:
                    found.AddRange(results.EnumerateArray());
                    if (answer.TryGetProperty("next_page", out var next) && next.ValueKind == JsonValueKind.Number) path = $"{kind.Path}?page={next.GetRawText()}";
                    break;
            }
        }

        return found;
    }

    private static async Task<JsonElement> OneAsync(HubAccess hub, EntityKind kind, string id, CancellationToken cancellationToken)
    {
        if (!kind.IsListOnly) return await hub.GetAsync($"{kind.Path}/{Uri.EscapeDataString(id)}", cancellationToken);
        var found = (await ListAsync(hub, kind, cancellationToken)).Where(x => EventFacts.Text(x, kind.IsByName ? "name" : "id") == id).ToList();
        return found.Count > 0 ? found[0] : throw CliFailure.Failed($"there is no {kind.Name} '{id}'");
    }
}
