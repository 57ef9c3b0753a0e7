using Garm.Cli.Access;
using Garm.Cli.Events;
using Garm.Cli.Terminal;
using Garm.Client.Events;

namespace Garm.Cli.Commands;

/// <summary><c>debug-events --cursor</c>: prints events and goes on where it was, until the user ends it or the hub cannot.</summary>
internal static class ResumingEvents
{
    public static async Task<int> PrintAsync(
        CliHost host, HubAccess hub, string message, string cursor, EventPrinter printer, CancellationToken cancellationToken)
    {
        if (cursor.Trim() == "") throw CliFailure.Usage("--cursor: the cursor is empty; accepted are now, earliest or an event's cursor");
        var feed = new GarmEventFeed(FeedEnds.Options(hub, message, x => host.Say(FeedEnds.Words(x))) with { Cursor = cursor });
        await foreach (var garmEvent in feed.ReadAsync(cancellationToken))
        {
            if (!printer.TryPrint(garmEvent.Text)) return ExitCodes.Ok;
        }

        return FeedEnds.ExitCodeOrFailure(feed.End);
    }
}
