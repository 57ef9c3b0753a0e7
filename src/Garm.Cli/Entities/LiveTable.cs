using System.Threading.Channels;
using Garm.Cli.Events;
using Garm.Cli.Terminal;
using Garm.Client.Caches;
using Spectre.Console;

namespace Garm.Cli.Entities;

/// <summary>A table on a terminal that is drawn again when the cache has changed, at most ten times a second.</summary>
/// <param name="screen">The terminal.</param>
/// <param name="kind">The type that is shown.</param>
/// <param name="cache">Its entities.</param>
/// <param name="clock">Measures the pause between two drawings.</param>
internal sealed class LiveTable(IAnsiConsole screen, EntityKind kind, GarmCache cache, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Headers, borders and the line below.
    private const int OtherLines = 6;

    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private string _state = "connecting";

    /// <summary>Shows another state of the connection.</summary>
    public void Say(string state)
    {
        _state = state;
        _changed.Writer.TryWrite(true);
    }

    /// <summary>Follows the cache until it ends or the caller stops it.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => screen.Live(Draw()).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        var following = FollowAsync(cancellationToken);
        await foreach (var _ in _changed.Reader.ReadAllAsync(CancellationToken.None))
        {
            live.UpdateTarget(Draw());
            live.Refresh();
            await Task.WhenAny(following, Task.Delay(Pause, clock, CancellationToken.None));
        }

        await following;
    });

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in cache.RunAsync(cancellationToken)) _changed.Writer.TryWrite(true);
        }
        finally
        {
            _changed.Writer.Complete();
        }
    }

    private Rows Draw()
    {
        var entities = cache.All(kind.Name);
        var hasSources = entities.Any(x => x.Key.Source != "");
        var table = new Table().Border(TableBorder.None);
        foreach (var header in EntityColumns.Headers(kind)) table.AddColumn(new TableColumn(Markup.Escape(header)).NoWrap().PadRight(2));
        if (hasSources) table.AddColumn("SOURCE");

        var shown = Math.Max(1, screen.Profile.Height - OtherLines);
        foreach (var entity in entities.OrderBy(x => EventFacts.Title(x.Payload), StringComparer.Ordinal).ThenBy(x => x.Key.Id, StringComparer.Ordinal).Take(shown))
        {
            string[] cells = [.. EntityColumns.Cells(kind, entity.Payload), .. hasSources ? [entity.Key.Source] : Array.Empty<string>()];
            table.AddRow([.. cells.Select(x => Markup.Escape(x == "" ? "-" : SafeText.Clean(x)))]);
        }

        var more = entities.Length > shown ? $", {entities.Length - shown} of them not shown" : "";
        return new Rows(table, new Text($"{entities.Length} of type {kind.Name}{more}; {_state}", new Style(Color.Grey)));
    }
}
