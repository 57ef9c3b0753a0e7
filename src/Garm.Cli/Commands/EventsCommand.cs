using System.CommandLine;
using System.Text.Json;
using Garm.Cli.Access;
using Garm.Cli.Events;
using Garm.Cli.Terminal;
using Garm.Client.Api;

namespace Garm.Cli.Commands;

/// <summary>Prints the history: what the change log has after a cursor, until there is no more now.</summary>
internal static class EventsCommand
{
    private const int LargestPage = 1000;

    public static Command Create(CliHost host)
    {
        var filters = CommonOptions.Filters();
        var since = new Option<string>("--since-cursor")
        {
            Description = "The events after this one: a cursor, or earliest",
            DefaultValueFactory = _ => "earliest",
        };
        var limit = new Option<int?>("--limit") { Description = "The largest number of events (default: all that there are)" };
        limit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var number) || number < 1))
                result.AddError($"--limit: '{result.Tokens[0].Value}' is not accepted; it takes a number from 1");
        });
        var output = CommonOptions.Output("table for a readable line an event, or json for its frame");
        var command = new Command("events", "Print the history of events") { filters, since, limit, output };
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var filter = parsed.GetValue(filters)!;
            if (FilterCheck.Complaint(filter) is { } complaint) throw CliFailure.Usage(complaint);
            var hub = options.Open(host, parsed);
            var printer = new EventPrinter(host.Out, parsed.GetValue(output) == CommonOptions.Table, host.ColourOut, TimeProvider.System);
            return await PrintAsync(host, hub, filter, parsed.GetValue(since)!, parsed.GetValue(limit), printer, cancellationToken);
        });
        return command;
    }

    private static async Task<int> PrintAsync(
        CliHost host, HubAccess hub, string filter, string cursor, int? limit, EventPrinter printer, CancellationToken cancellationToken)
    {
        var printed = 0;
        for (var more = true; more && printed < (limit ?? int.MaxValue);)
        {
            var page = await PageAsync(hub, filter, cursor, Math.Min(LargestPage, (limit ?? int.MaxValue) - printed), printed, cancellationToken);
            foreach (var frame in page.GetProperty("events").EnumerateArray())
            {
                if (!printer.TryPrint(frame.GetRawText())) return ExitCodes.Ok;
                printed++;
            }

            cursor = page.GetProperty("cursor").GetString()!;
            more = page.GetProperty("more").GetBoolean();
        }

        host.Say($"{printed} events; those that follow: --since-cursor {cursor}");
        return ExitCodes.Ok;
    }

    private static async Task<JsonElement> PageAsync(
        HubAccess hub, string filter, string cursor, int limit, int printed, CancellationToken cancellationToken)
    {
        try
        {
            return await hub.GetOwnAsync($"events?after={Uri.EscapeDataString(cursor)}&limit={limit}&filter={Uri.EscapeDataString(filter)}", cancellationToken);
        }
        catch (Exception e) when (printed > 0 && e is GarmApiException or HttpRequestException or TimeoutException)
        {
            throw CliFailure.Failed($"after {printed} events: {e.Message}; go on with --since-cursor {cursor}");
        }
    }
}
