using System.CommandLine;
using Garm.Cli.Access;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>The sources: GARM servers, or other hubs, that the hub mirrors.</summary>
internal static class SourceCommand
{
    public static Command Create(CliHost host) => new("source", "List, add, change and remove the GARM servers that the hub mirrors")
    {
        List(host), Show(host), Add(host), Update(host), Remove(host),
    };

    private static Command List(CliHost host)
    {
        var output = CommonOptions.Output("table, or json as the server sends it");
        var command = new Command("list", "List the sources and their state") { Aliases = { "ls" } };
        command.Options.Add(output);
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sources = await options.Open(host, parsed).GetOwnAsync("sources", cancellationToken);
            JsonTables.PrintList(
                host, sources, parsed.GetValue(output)!,
                ("NAME", "name"), ("URL", "url"), ("ENABLED", "enabled"), ("STATE", "status.state"), ("ENTITIES", "status.entities"),
                ("REPAIRS", "status.repairs"), ("NODE", "status.node"), ("LAST_EVENT", "status.last_event_at"), ("MESSAGE", "status.message"));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Show(CliHost host)
    {
        var name = NameArgument();
        var output = CommonOptions.Output("table, or json as the server sends it");
        var command = new Command("show", "Show a source and its state") { name, output };
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await options.Open(host, parsed).GetAsync(PathOf(parsed.GetValue(name)!), cancellationToken);
            JsonTables.PrintOne(host, found, parsed.GetValue(output)!);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Add(CliHost host)
    {
        var name = new Argument<string>("source") { Description = "The source's name: a-z, 0-9 and -, up to 63 characters" };
        var fields = new SourceFields(isNew: true);
        var command = new Command("add", $"Add a source; its password is asked for, or from stdin or {SourceFields.PasswordVariable}") { name };
        fields.AddTo(command);
        var options = new HubOptions(command, ownPasswordFromStdin: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var hub = options.Open(host, parsed);
            var body = await fields.ReadAsync(host, parsed, cancellationToken);
            body["name"] = parsed.GetValue(name);
            await hub.SendAsync(HttpMethod.Post, "sources", body, cancellationToken);
            host.Out.WriteLine($"Source {parsed.GetValue(name)} has been added; 'garmctl source show {parsed.GetValue(name)}' tells how it fares.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Update(CliHost host)
    {
        var name = NameArgument();
        var fields = new SourceFields(isNew: false);
        var command = new Command("update", "Change a source; what is not given stays as it is") { name };
        fields.AddTo(command);
        var options = new HubOptions(command, ownPasswordFromStdin: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var hub = options.Open(host, parsed);
            var body = await fields.ReadAsync(host, parsed, cancellationToken);
            if (body.Count == 0) throw CliFailure.Usage($"nothing to change: give {fields.Names}");
            await hub.SendAsync(HttpMethod.Put, PathOf(parsed.GetValue(name)!), body, cancellationToken);
            host.Out.WriteLine($"Source {parsed.GetValue(name)} has been changed.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Remove(CliHost host)
    {
        var name = NameArgument();
        var command = new Command("remove", "Remove a source; its entities get delete events") { name };
        command.Aliases.Add("rm");
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await options.Open(host, parsed).SendAsync(HttpMethod.Delete, PathOf(parsed.GetValue(name)!), null, cancellationToken);
            host.Out.WriteLine($"Source {parsed.GetValue(name)} has been removed.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Argument<string> NameArgument() => new("source") { Description = "The source's name" };

    private static string PathOf(string name) => $"sources/{Uri.EscapeDataString(name)}";
}
