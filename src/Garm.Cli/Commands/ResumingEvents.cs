using Garm.Cli.Events;
using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Client.Events;

namespace Garm.Cli.Commands;

/// <summary><c>debug-events --cursor</c>: prints events and goes on where it was, until the user ends it or the hub cannot.</summary>
internal static class ResumingEvents
{
    public static async Task<int> PrintAsync(
        CliHost host, Profile profile, string message, string cursor, EventPrinter printer, CancellationToken cancellationToken)
    {
        if (cursor.Trim() == "") throw CliFailure.Usage("--cursor: the cursor is empty; accepted are now, earliest or an event's cursor");
        var feed = new GarmEventFeed(new EventFeedOptions
        {
            Addresses = [new Uri(profile.Url)],
            Token = (_, _) => Task.FromResult(profile.Token),
            Message = message,
            Cursor = cursor,
            Notice = notice => host.Error.WriteLine($"garm-cli: {Words(notice)}"),
        });
        await foreach (var garmEvent in feed.ReadAsync(cancellationToken))
        {
            if (!printer.TryPrint(garmEvent.Text)) return ExitCodes.Ok;
        }

        return feed.End switch
        {
            EventFeedEnd.StoppedByCaller => ExitCodes.Ok,
            EventFeedEnd.Refused refused => throw new CliFailure(ExitCodes.Failed, Refusals.Describe(refused.End)),
            _ => throw new CliFailure(ExitCodes.Failed, feed.End!.Message),
        };
    }

    private static string Words(EventFeedNotice notice) => notice switch
    {
        EventFeedNotice.Connected connected => $"connected to {HubText(connected.Address)}; Ctrl-C ends",
        EventFeedNotice.Interrupted lost => $"{lost.End.Message}; trying again in {lost.Pause.TotalSeconds:0.0} s",
        _ => notice.ToString()!,
    };

    private static string HubText(Uri address) => address.AbsoluteUri.TrimEnd('/');
}
