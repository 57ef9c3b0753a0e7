using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Cli.Access;
using Garm.Cli.Events;
using Garm.Cli.Terminal;
using Garm.Client.Api;

namespace Garm.Cli.Commands;

/// <summary>Prints the current entities as JSON lines, all as of one cursor. The last line has the cursor and the count: without it the output is incomplete.</summary>
internal static class SnapshotCommand
{
    private const int PageSize = 1000;

    public static Command Create(CliHost host)
    {
        var filters = CommonOptions.Filters();
        var command = new Command("snapshot", "Print the current entities, one JSON object a line, and the cursor that they are as of") { filters };
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var filter = parsed.GetValue(filters)!;
            if (FilterCheck.Complaint(filter) is { } complaint) throw CliFailure.Usage(complaint);
            var hub = options.Open(host, parsed);
            var printed = 0;
            try
            {
                return await PrintAsync(host, hub, filter, x => printed = x, cancellationToken);
            }
            catch (Exception e) when (printed > 0 && e is GarmApiException or HttpRequestException or TimeoutException or CliFailure)
            {
                throw new CliFailure(
                    ExitCodes.Incomplete, $"the snapshot is not complete, {printed} entities were printed: {Words(e)}; run the command again");
            }
        });
        return command;
    }

    private static async Task<int> PrintAsync(CliHost host, HubAccess hub, string filter, Action<int> counted, CancellationToken cancellationToken)
    {
        var count = 0;
        var path = $"snapshot?limit={PageSize}&filter={Uri.EscapeDataString(filter)}";
        for (string? after = null; ;)
        {
            var page = await hub.GetOwnAsync(after is null ? path : $"{path}&after={Uri.EscapeDataString(after)}", cancellationToken);
            foreach (var entity in page.GetProperty("entities").EnumerateArray())
            {
                host.Out.WriteLine(entity.GetRawText());
                counted(++count);
            }

            if (page.GetProperty("more").GetBoolean())
            {
                after = page.GetProperty("after").GetString();
                continue;
            }

            // As the event socket ends a snapshot.
            host.Out.WriteLine(new JsonObject
            {
                ["control"] = "snapshot-end",
                ["cursor"] = page.GetProperty("cursor").GetString(),
                ["count"] = count,
            }.ToJsonString());
            return ExitCodes.Ok;
        }
    }

    private static string Words(Exception failure) => failure is GarmApiException refused ? Refusals.Describe(refused.ApiError) : failure.Message;
}
