using System.CommandLine;
using System.Text.Json.Nodes;
using Garm.Cli.Access;
using Garm.Cli.Entities;
using Garm.Cli.Terminal;
using Garm.Client.Caches;
using Garm.Client.Events;

namespace Garm.Cli.Commands;

/// <summary>
/// Shows the entities of a type as they are and as they change: a table on a terminal, a row a change elsewhere, or the frames as JSON.
/// It goes on over lost connections and expired cursors.
/// </summary>
internal static class WatchCommand
{
    // As wide as its widest word, so that what comes later lines up as well.
    private static readonly string Change = "CHANGE".PadRight("changed".Length);

    // What concerns the connection and not the entities.
    private static readonly string[] ConnectionFrames = ["heartbeat", "token-expiring", "token-renewed", "going-away"];

    public static Command Create(CliHost host)
    {
        var type = new Argument<string>("type") { Description = $"The entity type: {EntityKinds.Names(withEvents: true)}" };
        var match = new Option<string[]>("--match")
        {
            Description = "<field>=<value>: only entities with that value; repeat it for more fields, or more values of one field",
        };
        var source = new Option<string[]>("--source") { Description = "Only entities of that source; the hub's own is \"\"" };
        var output = CommonOptions.Output("table, or json for the frames, one a line");
        var command = new Command("watch", "Show the entities of a type, and each change") { type, match, source, output };
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var word = parsed.GetValue(type)!;
            if (EntityKinds.Find(word) is not { HasEvents: true } kind)
                throw CliFailure.Usage($"'{word}' is no entity type with events; accepted are {EntityKinds.Names(withEvents: true)}");
            var message = WatchFilter.Message(kind.Name, parsed.GetValue(match) ?? [], parsed.GetValue(source) ?? []);
            var hub = options.Open(host, parsed);
            if (parsed.GetValue(output) == CommonOptions.Json) return await FramesAsync(host, hub, message, cancellationToken);
            return host.Screen is { } screen
                ? await LiveAsync(screen, hub, kind, message, cancellationToken)
                : await RowsAsync(host, hub, kind, message, cancellationToken);
        });
        return command;
    }

    private static async Task<int> FramesAsync(CliHost host, HubAccess hub, string message, CancellationToken cancellationToken)
    {
        var feed = new GarmEventFeed(FeedEnds.Options(hub, OnExpired(message), x => host.Say(FeedEnds.Words(x))) with
        {
            Cursor = "snapshot",
            ControlFrame = text =>
            {
                if (!ConnectionFrames.Any(x => text.StartsWith($"{{\"control\":\"{x}\"", StringComparison.Ordinal))) host.Out.WriteLine(text);
            },
        });
        await foreach (var frame in feed.ReadAsync(cancellationToken)) host.Out.WriteLine(frame.Text);
        return FeedEnds.ExitCodeOrFailure(feed.End);
    }

    private static async Task<int> LiveAsync(
        Spectre.Console.IAnsiConsole screen, HubAccess hub, EntityKind kind, string message, CancellationToken cancellationToken)
    {
        LiveTable? table = null;
        var cache = new GarmCache(FeedEnds.Options(hub, message, x => table!.Say(FeedEnds.Words(x))));
        table = new LiveTable(screen, kind, cache, TimeProvider.System);
        await table.RunAsync(cancellationToken);
        return FeedEnds.ExitCodeOrFailure(cache.End);
    }

    // What there is lines up under the headers; a change is written at once.
    private static async Task<int> RowsAsync(CliHost host, HubAccess hub, EntityKind kind, string message, CancellationToken cancellationToken)
    {
        var cache = new GarmCache(FeedEnds.Options(hub, message, x => host.Say(FeedEnds.Words(x))));
        var table = new TextTable([Change, .. EntityColumns.Headers(kind), "SOURCE"]);
        var isShown = false;
        var synced = WriteWhenSyncedAsync();
        await foreach (var change in cache.RunAsync(cancellationToken))
        {
            lock (table)
            {
                table.Add([change.Kind.ToString().ToLowerInvariant(), .. EntityColumns.Cells(kind, change.Entity.Payload), change.Entity.Key.Source]);
                if (isShown) table.WriteTo(host.Out);
            }
        }

        await synced;
        return FeedEnds.ExitCodeOrFailure(cache.End);

        async Task WriteWhenSyncedAsync()
        {
            try
            {
                await cache.WaitUntilSyncedAsync(cancellationToken);
                lock (table)
                {
                    isShown = true;
                    table.WriteTo(host.Out);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
            {
                // It has already ended; the loop reports its end.
            }
        }
    }

    private static string OnExpired(string message)
    {
        var json = JsonNode.Parse(message)!.AsObject();
        json["on-expired"] = "snapshot";
        return json.ToJsonString();
    }
}
