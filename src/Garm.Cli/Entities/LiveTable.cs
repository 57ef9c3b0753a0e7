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

    private const int Gap = 2;
    private const string Nothing = "-";

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
        var shown = Math.Max(1, screen.Profile.Height - OtherLines);
        List<string> headers = [.. EntityColumns.Headers(kind), .. hasSources ? ["SOURCE"] : Array.Empty<string>()];
        var rows = entities.OrderBy(x => EventFacts.Title(x.Payload), StringComparer.Ordinal).ThenBy(x => x.Key.Id, StringComparer.Ordinal).Take(shown)
            .Select(x => Cells(x, hasSources)).ToList();
        var fitting = Fitting(headers, rows, screen.Profile.Width);
        var table = new Table().Border(TableBorder.None);
        foreach (var i in fitting) table.AddColumn(new TableColumn(Markup.Escape(headers[i])).NoWrap().PadLeft(0).PadRight(Gap));
        foreach (var row in rows) table.AddRow([.. fitting.Select(i => Markup.Escape(row[i]))]);

        var more = entities.Length > shown ? $", {entities.Length - shown} of them not shown" : "";
        if (fitting.Count < headers.Count) more += $", without {string.Join(", ", headers.Where((_, i) => !fitting.Contains(i)))}";
        return new Rows(table, new Text($"{entities.Length} of type {kind.Name}{more}; {_state}", new Style(Color.Grey)));
    }

    private string[] Cells(CachedEntity entity, bool hasSources)
    {
        string[] cells = [.. EntityColumns.Cells(kind, entity.Payload), .. hasSources ? [entity.Key.Source] : Array.Empty<string>()];
        return [.. cells.Select(x => x == "" ? Nothing : SafeText.Clean(x))];
    }

    // A narrow terminal shows whole columns, not pieces of all: first those that no entity has a value in are left out, then the last ones.
    private static List<int> Fitting(List<string> headers, List<string[]> rows, int width)
    {
        var columns = Enumerable.Range(0, headers.Count).ToList();
        while (columns.Count > 1 && columns.Sum(i => rows.Select(x => x[i].Length).Append(headers[i].Length).Max() + Gap) > width)
        {
            var empty = rows.Count == 0 ? -1 : columns.FindLastIndex(i => rows.TrueForAll(x => x[i] == Nothing));
            columns.RemoveAt(empty >= 0 ? empty : columns.Count - 1);
        }

        return columns;
    }
}
