using System.CommandLine;
using Garm.Cli.Events;
using Garm.Cli.Terminal;
using Garm.Client.Events;

namespace Garm.Cli.Commands;

/// <summary>Prints events until someone ends it: the user (0), or the server (3).</summary>
internal static class DebugEventsCommand
{
    public static Command Create(CliHost host)
    {
        var name = CommonOptions.Name("The profile to use (default: the active one)");
        var filters = new Option<string>("--filters", "-m")
        {
            Description = "The options message as JSON",
            DefaultValueFactory = _ => EventOptionsJson.Everything,
        };
        var pretty = new Option<bool>("--pretty") { Description = "A readable line an event instead of its JSON" };
        var cursor = new Option<string?>("--cursor")
        {
            Description = "Where to begin: now, earliest, or an event's cursor; goes on by itself when the connection is lost",
        };

        var command = new Command("debug-events", "Print events as they happen, one JSON object a line")
        {
            filters, pretty, cursor, name,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var message = parsed.GetValue(filters)!;
            if (FilterCheck.Complaint(message) is { } complaint) throw CliFailure.Usage(complaint);

            var (_, profile) = host.Profiles.Load().Get(parsed.GetValue(name));
            var printer = new EventPrinter(host.Out, parsed.GetValue(pretty), host.ColourOut, TimeProvider.System);
            if (parsed.GetValue(cursor) is { } place)
                return await ResumingEvents.PrintAsync(host, profile, message, place, printer, cancellationToken);

            var client = new GarmEventClient(new Uri(profile.Url), profile.Token);
            await using var stream = await client.OpenAsync(message, cancellationToken);
            if (stream.End is null)
                host.Error.WriteLine($"garm-cli: connected to {profile.Url}; Ctrl-C ends");

            await foreach (var text in stream.ReadTextAsync(cancellationToken))
            {
                if (!printer.TryPrint(text)) return ExitCodes.Ok;
            }

            return ExitCodeFor(stream.End!) is var code and not ExitCodes.Ok
                ? throw new CliFailure(code, Refusals.Describe(stream.End!))
                : ExitCodes.Ok;
        });
        return command;
    }

    private static int ExitCodeFor(EventStreamEnd end) => end switch
    {
        EventStreamEnd.StoppedByCaller => ExitCodes.Ok,
        EventStreamEnd.ClosedByServer or EventStreamEnd.ConnectionLost or EventStreamEnd.Unreadable => ExitCodes.StreamEnded,
        _ => ExitCodes.Failed,
    };
}
