using System.CommandLine;
using Garm.Cli.Access;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>Lists the event sessions, and ends one.</summary>
internal static class SessionsCommand
{
    public static Command Create(CliHost host) => new("sessions", "List the event sessions of all nodes, and end one") { List(host), End(host) };

    private static Command List(CliHost host)
    {
        var output = CommonOptions.Output("table, or json as the server sends it");
        var command = new Command("list", "List the event sessions of all nodes, with filter and lag") { Aliases = { "ls" } };
        command.Options.Add(output);
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var answer = await options.Open(host, parsed).GetOwnAsync("sessions", api => api.ListSessionsAsync(cancellationToken), cancellationToken);
            JsonTables.PrintList(
                host, answer.Sessions, parsed.GetValue(output)!,
                ("ID", "id"), ("NODE", "node"), ("USER", "user"), ("ADDRESS", "address"), ("TRANSPORT", "transport"), ("SINCE", "since"),
                ("STATE", "state"), ("BEHIND", "behind"), ("QUEUED_BYTES", "queued_bytes"), ("FILTER", "filter"));
            if (answer.UnansweredNodes.Count > 0)
                host.Say($"the list is not complete: no answer from {string.Join(", ", answer.UnansweredNodes)}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command End(CliHost host)
    {
        var id = new Argument<string>("id") { Description = "The session's id" };
        var command = new Command("end", "End a session; its client may come back") { id };
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var session = parsed.GetValue(id)!;
            await options.Open(host, parsed).SendAsync(HttpMethod.Delete, $"sessions/{Uri.EscapeDataString(session)}", null, cancellationToken);
            host.Out.WriteLine($"Session {session} has been ended.");
            return ExitCodes.Ok;
        });
        return command;
    }
}
