using System.CommandLine;
using Garm.Cli.Access;
using Garm.Cli.Events;
using Garm.Cli.Terminal;
using Garm.Client.Events;

namespace Garm.Cli.Commands;

/// <summary>Prints events until someone ends it: the user (0), or the server (3).</summary>
internal static class DebugEventsCommand
{
    public static Command Create(CliHost host)
    {
        var filters = CommonOptions.Filters();
        var pretty = new Option<bool>("--pretty") { Description = "A readable line an event instead of its JSON" };
        var cursor = new Option<string?>("--cursor")
        {
            Description = "Where to begin: now, earliest, or an event's cursor; goes on by itself when the connection is lost",
        };

        var command = new Command("debug-events", "Print events as they happen, one JSON object a line") { filters, pretty, cursor };
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var message = parsed.GetValue(filters)!;
            if (FilterCheck.Complaint(message) is { } complaint) throw CliFailure.Usage(complaint);

            var hub = options.Open(host, parsed);
            var printer = new EventPrinter(host.Out, parsed.GetValue(pretty), host.ColourOut, TimeProvider.System);
            if (parsed.GetValue(cursor) is { } place)
                return await ResumingEvents.PrintAsync(host, hub, message, place, printer, cancellationToken);

            await using var stream = await OpenAsync(host, hub, message, cancellationToken);
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

    // Before the stream is open no event is missed, so that another node or another token may be tried.
    private static async Task<GarmEventStream> OpenAsync(CliHost host, HubAccess hub, string message, CancellationToken cancellationToken)
    {
        var renewed = false;
        var addresses = hub.Addresses;
        for (var node = 0; ; node++)
        {
            var stream = await new GarmEventClient(addresses[node], hub.Token).OpenAsync(message, cancellationToken);
            switch (stream.End)
            {
                case null:
                    host.Say($"connected to {addresses[node].AbsoluteUri.TrimEnd('/')}; Ctrl-C ends");
                    return stream;
                case EventStreamEnd.HandshakeRefused refused when !renewed && HubAccess.IsTokenRefused(refused.Error):
                    renewed = true;
                    await hub.RenewAsync(refused.Error, cancellationToken);
                    node--;
                    break;
                case EventStreamEnd.Unreachable or EventStreamEnd.ConnectionLost when node < addresses.Count - 1:
                    host.Say($"{stream.End.Message}; trying {addresses[node + 1].AbsoluteUri.TrimEnd('/')}");
                    break;
                default:
                    return stream;
            }

            await stream.DisposeAsync();
        }
    }

    private static int ExitCodeFor(EventStreamEnd end) => end switch
    {
        EventStreamEnd.StoppedByCaller => ExitCodes.Ok,
        EventStreamEnd.ClosedByServer or EventStreamEnd.ConnectionLost or EventStreamEnd.Unreadable => ExitCodes.StreamEnded,
        _ => ExitCodes.Failed,
    };
}
